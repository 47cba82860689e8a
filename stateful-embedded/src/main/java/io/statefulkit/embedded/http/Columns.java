package io.statefulkit.embedded.http;

import io.statefulkit.embedded.api.ResourceType;
import java.util.List;

/** The columns of each kind. */
final class Columns {

    private Columns() {}

    static List<Column> of(ResourceType type) {
        return List.of(Column.text("Name", Cells::name), Column.text("Age", Cells::age));
    }
}
