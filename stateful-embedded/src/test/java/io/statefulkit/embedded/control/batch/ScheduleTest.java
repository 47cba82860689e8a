package io.statefulkit.embedded.control.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleTest {

    // A Friday.
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            * * * * *           | UTC              | 2026-01-02T03:05:00Z | 2026-01-02T03:04:00Z
            */15 * * * *        | UTC              | 2026-01-02T03:15:00Z | 2026-01-02T03:00:00Z
            0 9-17/2 * * *      | UTC              | 2026-01-02T09:00:00Z | 2026-01-01T17:00:00Z
            30 4 1,15 * *       | UTC              | 2026-01-15T04:30:00Z | 2026-01-01T04:30:00Z
            0 0 * * SUN         | UTC              | 2026-01-04T00:00:00Z | 2025-12-28T00:00:00Z
            0 0 * * 7           | UTC              | 2026-01-04T00:00:00Z | 2025-12-28T00:00:00Z
            0 0 13 * 5          | UTC              | 2026-01-09T00:00:00Z | 2026-01-02T00:00:00Z
            0 12 ? JAN MON-FRI  | UTC              | 2026-01-02T12:00:00Z | 2026-01-01T12:00:00Z
            0 2 * * *           | America/New_York | 2026-01-02T07:00:00Z | 2026-01-01T07:00:00Z
            @hourly             | UTC              | 2026-01-02T04:00:00Z | 2026-01-02T03:00:00Z
            @daily              | Asia/Tokyo       | 2026-01-02T15:00:00Z | 2026-01-01T15:00:00Z
            @weekly             | UTC              | 2026-01-04T00:00:00Z | 2025-12-28T00:00:00Z
            @every 1h30m        | UTC              | 2026-01-02T04:30:00Z | 2026-01-02T03:00:00Z
            """)
    void next_and_last_times(String text, String zone, Instant next, Instant last) {
        Schedule schedule = Schedule.parse(text, ZoneId.of(zone));
        Instant start = Instant.parse("2026-01-01T00:00:00Z");

        assertThat(schedule.next(NOW, start)).contains(next);
        assertThat(schedule.last(Instant.parse("2025-12-01T00:00:00Z"), NOW, start))
                .contains(last);
        assertThat(schedule.last(last, NOW, start)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"61 * * * *", "* * * *", "every day", "@every never", "@every 0s", "''"})
    void what_is_no_schedule_is_refused(String text) {
        assertThatThrownBy(() -> Schedule.parse(text, Schedule.utc())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_time_counts_when_it_is_exactly_now() {
        Schedule schedule = Schedule.parse("* * * * *", Schedule.utc());
        Instant minute = Instant.parse("2026-01-02T03:04:00Z");

        assertThat(schedule.last(minute.minusSeconds(1), minute, minute)).contains(minute);
    }

    @Test
    void the_last_minute_counts_to_its_last_moment() {
        Schedule schedule = Schedule.parse("* * * * *", Schedule.utc());
        Instant minute = Instant.parse("2026-01-02T03:04:00Z");

        assertThat(schedule.last(minute.minusSeconds(1), minute.plusMillis(59_700), minute))
                .contains(minute);
    }
}
