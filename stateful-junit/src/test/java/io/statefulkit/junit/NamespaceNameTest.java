package io.statefulkit.junit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamespaceNameTest {

    @ParameterizedTest
    @CsvSource({
        "OrdersDbTest, orders-db-test",
        "rows_survive_a_crash, rows-survive-a-crash",
        "_Käse$Test2, k-se-test2",
        "2Fast, fast",
        "ÄÖÜ, test"
    })
    void names_tell_what_they_belong_to(String owner, String expected) {
        assertThat(NamespaceName.of(owner)).matches(expected + "-[0-9a-f]{8}");
    }

    @Test
    void no_name_is_too_long_and_none_comes_twice() {
        String owner = "aVeryLongName".repeat(10);

        assertThat(NamespaceName.of(owner)).hasSizeLessThanOrEqualTo(63).isNotEqualTo(NamespaceName.of(owner));
    }
}
