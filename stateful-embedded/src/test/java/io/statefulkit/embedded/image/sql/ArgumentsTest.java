package io.statefulkit.embedded.image.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ArgumentsTest {

    @Test
    void options_are_understood_in_all_their_forms() {
        Arguments arguments = Arguments.parse(
                new String[] {"-XqAt", "-v", "ON_ERROR_STOP=1", "-Uapp", "--dbname=orders", "-c", "select 1", "-F", ","
                },
                Map.of("PGHOST", "/run", "PGPORT", "5433"));

        assertThat(arguments.quiet).isTrue();
        assertThat(arguments.tuplesOnly).isTrue();
        assertThat(arguments.user).isEqualTo("app");
        assertThat(arguments.database).isEqualTo("orders");
        assertThat(arguments.commands).containsExactly("select 1");
        assertThat(arguments.separator).isEqualTo(",");
        assertThat(arguments.host).isEqualTo("/run");
        assertThat(arguments.port).isEqualTo("5433");
    }

    @Test
    void the_database_defaults_to_the_user() {
        assertThat(Arguments.parse(new String[] {"--username", "app"}, Map.of()).database)
                .isEqualTo("app");
        assertThat(Arguments.parse(new String[] {"-U", "app", "orders"}, Map.of()).database)
                .isEqualTo("orders");
    }
}
