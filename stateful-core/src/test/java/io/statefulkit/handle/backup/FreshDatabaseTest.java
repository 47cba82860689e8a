package io.statefulkit.handle.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class FreshDatabaseTest {

    private static final Backup BACKUP = new Backup("shop-1.dump", Instant.EPOCH, 1, "");

    @Test
    void a_role_that_is_nowhere_is_named_with_what_to_do() {
        String said = "pg_restore: error: could not execute query: ERROR:  role \"odd \"\"one\" does not exist";

        assertThat(FreshDatabase.refused(BACKUP, said)).hasMessage("""
            backup shop-1.dump cannot be restored: it names a role that the server does not have and that is in no file of roles \
            beside it: %s
              do: create role "odd ""one", if it is to have what the dump says, and restore again""".formatted(said));
        assertThat(FreshDatabase.refused(BACKUP, "pg_restore: error: out of memory"))
                .hasMessageEndingWith("see what is said above, and choose another one of backups()");
    }
}
