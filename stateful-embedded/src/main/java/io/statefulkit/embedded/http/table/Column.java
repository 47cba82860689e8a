package io.statefulkit.embedded.http.table;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.json.Json;
import java.util.function.Function;

/**
 * One column of a table.
 *
 * @param name the heading
 * @param type {@code string}, {@code integer} or {@code boolean}
 * @param wide whether only {@code -o wide} shows it
 * @param cell the value for an object: a text, a number or a boolean
 */
record Column(String name, String type, boolean wide, Function<Cells, Object> cell) {

    static Column text(String name, Function<Cells, Object> cell) {
        return new Column(name, "string", false, cell);
    }

    static Column wide(String name, Function<Cells, Object> cell) {
        return new Column(name, "string", true, cell);
    }

    static Column number(String name, Function<Cells, Object> cell) {
        return new Column(name, "integer", false, cell);
    }

    ObjectNode definition() {
        return Json.object()
                .put("name", name)
                .put("type", type)
                .put("format", name.equals("Name") ? "name" : "")
                .put("description", "")
                .put("priority", wide ? 1 : 0);
    }
}
