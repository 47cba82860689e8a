package io.statefulkit.survival;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogTextTest {

    @ParameterizedTest
    @CsvSource(quoteCharacter = '~', delimiter = '|', textBlock = """
            connecting with user=app password=hunter2 now      | connecting with user=app password *** now
            {"password": "hunter2", "a": 1}                     | {"password" ***, "a": 1}
            ALTER ROLE app PASSWORD 'hunter2'                   | ALTER ROLE app PASSWORD ***
            postgresql://app:hunter2@db:5432/app                | postgresql://app:***@db:5432/app
            redis://:hunter2@cache:6379/0                       | redis://:***@cache:6379/0
            redis-server --requirepass hunter2 --port 6379      | redis-server --requirepass *** --port 6379
            jdbc:postgresql://db/app?password=hunter2&ssl=true  | jdbc:postgresql://db/app?password ***&ssl=true
            FATAL: password authentication failed for user "a"  | FATAL: password authentication failed for user "a"
            """)
    void what_looks_like_a_password_is_left_out(String text, String redacted) {
        assertThat(LogText.redacted(text)).isEqualTo(redacted);
    }

    @Test
    void a_long_text_keeps_its_beginning_and_its_end() {
        String text = "begin" + "x".repeat(100_000) + "end";

        assertThat(LogText.shortened(text))
                .startsWith("begin")
                .endsWith("end")
                .contains("34472 characters left out")
                .hasSizeLessThan(66_000);
    }
}
