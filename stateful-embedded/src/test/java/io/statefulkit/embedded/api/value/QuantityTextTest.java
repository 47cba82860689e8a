package io.statefulkit.embedded.api.value;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantityTextTest {

    @ParameterizedTest
    @CsvSource({
        "1024Mi,1Gi",
        "1000m,1",
        "0.5,500m",
        "1.5Gi,1536Mi",
        "100M,100M",
        "1e3,1e3",
        "0,0",
        "1536,1536",
        "2000,2k"
    })
    void amounts_are_written_in_one_way(String given, String expected) {
        assertThat(QuantityText.canonical(given)).isEqualTo(expected);
    }
}
