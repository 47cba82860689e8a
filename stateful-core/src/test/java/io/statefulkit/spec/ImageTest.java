package io.statefulkit.spec;

import static org.assertj.core.api.Assertions.assertThat;

import io.statefulkit.spec.pod.Image;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageTest {

    @ParameterizedTest
    @CsvSource({
        "postgres:17.6-bookworm, 17",
        "postgis/postgis:16-3.5, 16",
        "timescale/timescaledb:2.17.2-pg17, 17",
        "pgvector/pgvector:pg18, 18",
        "pgvector/pgvector:0.8.0-pg18-trixie, 18",
        "valkey/valkey:8.1.3-alpine3.22, 8"
    })
    void the_major_is_that_of_the_server(String reference, int major) {
        assertThat(Image.of(reference).major()).isEqualTo(OptionalInt.of(major));
    }

    @Test
    void a_tag_without_numbers_has_none() {
        assertThat(Image.of("postgres:bookworm").major()).isEmpty();
        assertThat(Image.of("postgres:17.6-bookworm").minor()).hasValue(6);
        assertThat(Image.of("pgvector/pgvector:0.8.0-pg17").minor()).isEmpty();
    }
}
