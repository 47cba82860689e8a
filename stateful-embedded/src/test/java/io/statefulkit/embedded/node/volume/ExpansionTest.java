package io.statefulkit.embedded.node.volume;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpansionTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    a-$(A)-b    | a-1-b
                    $(A)$(B)    | 12
                    $(C)        | $(C)
                    $$(A)       | $(A)
                    $$$(A)      | $1
                    $A          | $A
                    $(A         | $(A
                    $$          | $
                    """)
    void variables_are_put_in_place(String text, String expanded) {
        assertThat(Expansion.expand(text, Map.of("A", "1", "B", "2"))).isEqualTo(expanded);
    }
}
