package io.statefulkit.handle.client;

import io.statefulkit.internal.NotApi;

/**
 * What a dump of PostgreSQL says of the database itself, and restores only into one that it creates: encoding and collation,
 * settings, rights, the limit of its connections, its comment.
 */
@NotApi
public final class ArchiveProperties {

    /**
     * Defines a function of a shell: {@code properties FILE} writes the script that creates the database of the dump without
     * anything in it; nothing when the file is no dump.
     */
    public static final String FUNCTION = """
        properties() {
          pg_restore --list --create "$1" 2>/dev/null |
            grep -E '^[0-9]+; [0-9]+ [0-9]+ (DATABASE|DATABASE PROPERTIES|(ACL|COMMENT|SECURITY LABEL) - DATABASE) ' \\
            >/tmp/properties.$$ || { rm -f /tmp/properties.$$; return 0; }
          pg_restore --create --use-list=/tmp/properties.$$ --file=- "$1" || { rm -f /tmp/properties.$$; return 1; }
          rm -f /tmp/properties.$$
        }
        """;

    private ArchiveProperties() {}
}
