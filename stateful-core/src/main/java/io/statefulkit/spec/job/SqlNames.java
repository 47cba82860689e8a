package io.statefulkit.spec.job;

import io.statefulkit.internal.Checks;
import java.util.regex.Pattern;

/** Names in SQL that need no quoting. */
final class SqlNames {

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,62}");

    private SqlNames() {}

    static String table(String table) {
        String[] parts = table.split("\\.", -1);
        if (parts.length > 2) {
            throw new IllegalArgumentException("table must be a table or schema.table but was '%s'".formatted(table));
        }
        for (String part : parts) {
            Checks.matches(NAME, part, "table", "letters, digits or '_', with an optional schema");
        }
        return table;
    }

    static String column(String column) {
        return Checks.matches(NAME, column, "column", "letters, digits or '_'");
    }
}
