package io.statefulkit.embedded.api.rule.kind;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CronScheduleTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "61 * * * *|end of range (61) above maximum (59): 61",
                "* * * *|expected exactly 5 fields, found 4: [* * * *]",
                "@never|unrecognized descriptor: @never",
                "x * * * *|failed to parse int from x: strconv.Atoi: parsing \"x\": invalid syntax"
            })
    void schedules(String schedule, String expected) {
        assertThat(CronSchedule.problems(schedule)).containsExactly(expected);
    }

    @ParameterizedTest
    @CsvSource({"'*/5 0-3,7 1 JAN-mar sun'", "@daily", "'0 17 * * 1-5'"})
    void good_schedules_are_taken(String schedule) {
        assertThat(CronSchedule.problems(schedule)).isEmpty();
    }
}
