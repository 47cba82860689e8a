package io.statefulkit.embedded.http.table;

import static io.statefulkit.embedded.http.table.Column.text;
import static io.statefulkit.embedded.http.table.Column.wide;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;

/** How events look in tables. */
final class EventCells {

    static final List<Column> COLUMNS = List.of(
            text("Last Seen", EventCells::lastSeen),
            text("Type", event -> event.textOr("", "type")),
            text("Reason", event -> event.textOr("", "reason")),
            text("Object", EventCells::subject),
            wide("Subobject", event -> event.textOr("", "involvedObject", "fieldPath")),
            wide("Source", EventCells::source),
            text("Message", event -> event.textOr("", "message").trim()),
            wide("First Seen", EventCells::firstSeen),
            wide("Count", event -> event.at("count").asLong(1)),
            wide("Name", Cells::name));

    private EventCells() {}

    private static String subject(Cells event) {
        return event.textOr("", "involvedObject", "kind").toLowerCase(Locale.ROOT) + "/"
                + event.textOr("", "involvedObject", "name");
    }

    private static String source(Cells event) {
        String component = event.textOr(event.textOr("", "reportingComponent"), "source", "component");
        String host = event.textOr(event.textOr("", "reportingInstance"), "source", "host");
        return host.isEmpty() ? component : component + ", " + host;
    }

    private static String firstSeen(Cells event) {
        JsonNode first = event.at("firstTimestamp");
        return event.since(first.isTextual() ? first : event.at("eventTime"));
    }

    private static String lastSeen(Cells event) {
        JsonNode last = event.at("lastTimestamp");
        if (!last.isTextual()) {
            return firstSeen(event);
        }
        long count = event.at("count").asLong(1);
        return count > 1 ? event.since(last) + " (x" + count + " over " + firstSeen(event) + ")" : event.since(last);
    }
}
