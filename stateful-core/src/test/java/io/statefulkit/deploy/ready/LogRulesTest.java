package io.statefulkit.deploy.ready;

import static org.assertj.core.api.Assertions.assertThat;

import io.statefulkit.deploy.Diagnosis;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogRulesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        initdb: detail: It contains a lost+found directory, perhaps due to it being a mount point. | ST07
        Error: in 18+, these Docker images are configured; there appears to be PostgreSQL data in: unused mount/volume | ST06
        FATAL:  database files are incompatible with server | IMG04
        FATAL:  password authentication failed for user "app" | AP04
        FATAL:  data directory "/data" has invalid permissions | ST12
        [ERROR] --initialize specified but the data directory has files in it. Aborting. | ST08
        waiting: another pod still uses this volume | ST03
        PANIC:  could not write to file "pg_wal/x": No space left on device | ST18
        """)
    void a_known_line_leads_to_its_rule_and_to_advice(String line, String rule) {
        var tail = new Diagnosis.LogTail("db-0", "server", List.of("something before", line, "something after"));

        assertThat(LogRules.sharpen(List.of(), List.of(tail))).singleElement().satisfies(trouble -> {
            assertThat(trouble.object()).isEqualTo("pod db-0");
            assertThat(trouble.container()).isEqualTo(Optional.of("server"));
            assertThat(trouble.reason()).isEqualTo(rule);
            assertThat(trouble.detail()).isEqualTo(line);
            assertThat(trouble.advice()).isNotBlank();
        });
    }

    @Test
    void a_line_that_nobody_knows_explains_nothing() {
        var tail = new Diagnosis.LogTail("db-0", "server", List.of("ready to accept connections"));
        assertThat(LogRules.sharpen(List.of(), List.of(tail))).isEmpty();
    }
}
