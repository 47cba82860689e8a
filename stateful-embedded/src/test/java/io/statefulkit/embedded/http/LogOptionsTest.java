package io.statefulkit.embedded.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LogOptionsTest {

    @Test
    void a_time_is_passed_on_in_whole_seconds_whatever_its_fraction_looks_like() {
        Query query = new Query(Map.of("sinceTime", List.of("2026-01-02T03:04:05,678+01:00")));

        assertThat(LogOptions.since(query)).contains("2026-01-02T02:04:05Z");
        assertThat(LogOptions.since(new Query(Map.of()))).isEmpty();
    }
}
