package io.statefulkit.embedded.http.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.statefulkit.embedded.api.ResourceType;
import io.statefulkit.embedded.api.server.EventsGroup;
import io.statefulkit.embedded.json.Json;
import java.time.Clock;
import java.util.List;

/** Renders objects as the rows that {@code kubectl get} prints. */
public final class Tables {

    private final Clock clock;

    public Tables(Clock clock) {
        this.clock = clock;
    }

    /** Returns a table of these objects; an empty version leaves it out. */
    public ObjectNode of(ResourceType type, List<ObjectNode> objects, String resourceVersion) {
        ObjectNode table = Json.object().put("kind", "Table").put("apiVersion", "meta.k8s.io/v1");
        ObjectNode metadata = table.putObject("metadata");
        if (!resourceVersion.isEmpty()) {
            metadata.put("resourceVersion", resourceVersion);
        }
        List<Column> columns = Columns.of(type);
        ArrayNode definitions = table.putArray("columnDefinitions");
        columns.forEach(column -> definitions.add(column.definition()));
        ArrayNode rows = table.putArray("rows");
        for (ObjectNode object : objects) {
            Cells cells = new Cells(EventsGroup.stored(type, object), clock.instant());
            ObjectNode row = rows.addObject();
            ArrayNode values = row.putArray("cells");
            columns.forEach(column -> values.add(value(column.cell().apply(cells))));
            PodCells.finished(type, cells)
                    .ifPresent(condition -> row.putArray("conditions").add(condition));
            row.set("object", metadataOnly(object, true));
        }
        return table;
    }

    /** Returns an object without all but its metadata. */
    public static ObjectNode metadataOnly(ObjectNode object, boolean typed) {
        ObjectNode partial = Json.object();
        if (typed) {
            partial.put("kind", "PartialObjectMetadata").put("apiVersion", "meta.k8s.io/v1");
        }
        partial.set("metadata", object.path("metadata"));
        return partial;
    }

    private static JsonNode value(Object value) {
        if (value instanceof Number number) {
            return LongNode.valueOf(number.longValue());
        }
        return value instanceof Boolean flag ? BooleanNode.valueOf(flag) : TextNode.valueOf(value.toString());
    }
}
