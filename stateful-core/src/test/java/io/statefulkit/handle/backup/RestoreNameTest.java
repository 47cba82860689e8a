package io.statefulkit.handle.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RestoreNameTest {

    private static final Instant NOW = Instant.parse("2026-11-30T10:00:00Z");

    @Test
    void only_what_a_restore_has_made_some_time_ago_is_abandoned() {
        assertThat(RestoreName.at(NOW)).isEqualTo("statefulkit_restore_1796032800000");
        assertThat(abandoned(RestoreName.at(NOW.minus(Duration.ofMinutes(11))))).isTrue();
        assertThat(abandoned(RestoreName.at(NOW.minus(Duration.ofMinutes(9))))).isFalse();
        assertThat(abandoned(RestoreName.at(NOW.plus(Duration.ofDays(1))))).isFalse();
        assertThat(abandoned("statefulkit_restore_mine")).isFalse();
        assertThat(abandoned("old_statefulkit_restore_1")).isFalse();
        assertThat(abandoned("statefulkit_restore_1_copy")).isFalse();
    }

    /** PostgreSQL cuts off what is beyond 63 bytes: the name of a database before it would be its own. */
    @Test
    void the_name_of_the_database_before_it_is_not_cut_off() {
        assertThat(RestoreName.old("shop", NOW)).isEqualTo("shop_old_1796032800000");
        assertThat(RestoreName.old("x".repeat(63), NOW)).isEqualTo("x".repeat(40) + "_old_1796032800000");
        assertThat(RestoreName.old("ж".repeat(30), NOW)).isEqualTo("ж".repeat(20) + "_old_1796032800000");
        assertThat(RestoreName.old("\uD83D\uDE00".repeat(15), NOW))
                .isEqualTo("\uD83D\uDE00".repeat(10) + "_old_1796032800000");
    }

    @Test
    void a_pod_that_restores_belongs_to_one_workload_only() {
        assertThat(RedisRestore.restores("cache-restore-x7k2p9", "cache")).isTrue();
        assertThat(RedisRestore.restores("cache-restore-restore-x7k2p9", "cache-restore"))
                .isTrue();
        assertThat(RedisRestore.restores("cache-restore-restore-x7k2p9", "cache"))
                .isFalse();
        assertThat(RedisRestore.restores("cache-finish-x7k2p9", "cache")).isFalse();
    }

    private static boolean abandoned(String name) {
        return RestoreName.abandoned(name, NOW);
    }
}
