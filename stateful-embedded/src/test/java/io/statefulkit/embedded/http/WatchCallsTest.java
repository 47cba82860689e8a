package io.statefulkit.embedded.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WatchCallsTest {

    @Test
    void a_watch_lasts_as_long_as_it_is_asked_to() {
        assertThat(WatchCalls.seconds(Query.parse("watch=1&timeoutSeconds=7"))).isEqualTo(7);
        assertThat(WatchCalls.seconds(Query.parse("timeoutSeconds=-1"))).isEqualTo(1);
        assertThat(WatchCalls.seconds(Query.parse("timeoutSeconds=9999999"))).isEqualTo(86_400);
    }

    @Test
    void a_watch_that_is_asked_for_no_time_or_for_none_lasts_half_an_hour_at_least() {
        assertThat(WatchCalls.seconds(Query.parse("watch=1"))).isBetween(1800L, 3600L);
        assertThat(WatchCalls.seconds(Query.parse("watch=1&timeoutSeconds=0"))).isBetween(1800L, 3600L);
    }
}
