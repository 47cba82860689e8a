package io.statefulkit.embedded.api.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeTextTest {

    @ParameterizedTest
    @CsvSource({
        "2026-01-02T03:04:05Z,2026-01-02T03:04:05Z",
        "2026-01-02T03:04:05.678Z,2026-01-02T03:04:05Z",
        "2026-01-02T03:04:05+02:00,2026-01-02T01:04:05Z",
        "2024-02-29T23:59:59-00:30,2024-03-01T00:29:59Z"
    })
    void times_are_kept_in_utc_with_seconds(String given, String stored) {
        assertThat(TimeText.SECONDS.canonical(given)).isEqualTo(stored);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-02T03:04:05.123456Z,2026-01-02T03:04:05.123456Z",
        "2026-01-02T03:04:05.123456789+01:00,2026-01-02T02:04:05.123456Z"
    })
    void times_of_leases_are_kept_with_microseconds(String given, String stored) {
        assertThat(TimeText.MICROS.canonical(given)).isEqualTo(stored);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "bad|~ as \"2006-01-02T15:04:05Z07:00\": cannot parse \"bad\" as \"2006\"~",
                "2026/01/02|~ as \"2006-01-02T15:04:05Z07:00\": cannot parse \"/01/02\" as \"-\"~",
                "2026-1-02T03:04:05Z|~ as \"2006-01-02T15:04:05Z07:00\": cannot parse \"1-02T03:04:05Z\" as \"01\"~",
                "2026-01-02|~ as \"2006-01-02T15:04:05Z07:00\": cannot parse \"\" as \"T\"~",
                "2026-01-02T03:04:05|~ as \"2006-01-02T15:04:05Z07:00\": cannot parse \"\" as \"Z07:00\"~",
                "2026-13-02T03:04:05Z|: month out of range",
                "2026-02-30T03:04:05Z|: day out of range",
                "2026-01-02T24:04:05Z|: hour out of range",
                "2026-01-02T03:04:05Zoo|: extra text: \"oo\""
            })
    void what_is_no_time_is_refused_in_the_words_of_kubernetes(String given, String why) {
        assertThatThrownBy(() -> TimeText.SECONDS.canonical(given)).hasMessage("parsing time \"" + given + "\"" + why);
    }
}
