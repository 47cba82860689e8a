package io.statefulkit.embedded.http.table;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How resource quotas look in tables: what is used of each limit. */
final class QuotaCells {

    static final List<Column> COLUMNS = List.of(
            Column.text("Name", Cells::name),
            Column.text("Request", cells -> amounts(cells, false)),
            Column.text("Limit", cells -> amounts(cells, true)),
            Column.text("Age", Cells::age));

    private QuotaCells() {}

    private static String amounts(Cells quota, boolean limits) {
        Map<String, String> used = new TreeMap<>();
        for (Map.Entry<String, JsonNode> hard : quota.at("status", "hard").properties()) {
            String name = hard.getKey();
            if (name.startsWith("limits") == limits) {
                String count = quota.at("status", "used").path(name).asText("0");
                used.put(name, name + ": " + count + "/" + hard.getValue().asText());
            }
        }
        return used.values().stream().collect(Collectors.joining(", "));
    }
}
