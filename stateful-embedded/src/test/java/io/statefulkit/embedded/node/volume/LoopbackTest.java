package io.statefulkit.embedded.node.volume;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoopbackTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        127.0.0.1                    | 127.80.0.9
        localhost                    | 127.80.0.9
        -h 127.0.0.1 -p 5432         | -h 127.80.0.9 -p 5432
        http://localhost:8080/x      | http://127.80.0.9:8080/x
        jdbc:x://127.0.0.1:5432/db   | jdbc:x://127.80.0.9:5432/db
        host=localhost.              | host=127.80.0.9.
        localhost.example.org        | localhost.example.org
        -h127.0.0.1                  | -h127.80.0.9
        mysql -hlocalhost -uroot     | mysql -h127.80.0.9 -uroot
        see-h127.0.0.1               | see-h127.0.0.1
        my-localhost                 | my-localhost
        localhost2                   | localhost2
        127.0.0.10                   | 127.0.0.10
        1127.0.0.1                   | 1127.0.0.1
        """)
    void the_own_machine_becomes_the_own_address(String text, String rewritten) {
        assertThat(new Loopback("127.80.0.9").rewrite(text)).isEqualTo(rewritten);
    }
}
