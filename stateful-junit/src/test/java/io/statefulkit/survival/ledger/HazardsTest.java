package io.statefulkit.survival.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each setting with which a server acknowledges what a crash may take away is named, and no other. */
class HazardsTest {

    private static final Map<String, String> SAFE_POSTGRES =
            Map.of("fsync", "on", "full_page_writes", "on", "synchronous_commit", "on");

    private static final Map<String, String> SAFE_MYSQL = Map.of(
            "innodb_flush_log_at_trx_commit", "1", "innodb_doublewrite", "ON", "log_bin", "1", "sync_binlog", "1");

    @ParameterizedTest
    @CsvSource({
        "fsync,              on,            ",
        "fsync,              off,           fsync = off",
        "full_page_writes,   off,           full_page_writes = off",
        "synchronous_commit, off,           synchronous_commit = off",
        "synchronous_commit, local,         ",
        "synchronous_commit, remote_apply,  ",
    })
    void settings_of_postgresql(String setting, String value, @Nullable String named) throws SQLException {
        assertThat(hazards(new PostgresDialect(), SAFE_POSTGRES, setting, value))
                .isEqualTo(always(named));
    }

    @ParameterizedTest
    @CsvSource({
        "log_bin,                        1,   ",
        "innodb_flush_log_at_trx_commit, 0,   innodb_flush_log_at_trx_commit = 0",
        "innodb_flush_log_at_trx_commit, 2,   innodb_flush_log_at_trx_commit = 2",
        "innodb_flush_log_at_trx_commit, 3,   innodb_flush_log_at_trx_commit = 3",
        "innodb_doublewrite,             OFF, innodb_doublewrite = OFF",
        "innodb_doublewrite,             0,   innodb_doublewrite = 0",
        "innodb_doublewrite,             DETECT_AND_RECOVER, ",
        "innodb_doublewrite,             DETECT_ONLY, innodb_doublewrite = DETECT_ONLY",
        "sync_binlog,                    0,   sync_binlog = 0",
        "sync_binlog,                    100, sync_binlog = 100",
    })
    void settings_of_mysql_and_mariadb(String setting, String value, @Nullable String named) throws SQLException {
        assertThat(hazards(new MySqlDialect("mark"), SAFE_MYSQL, setting, value))
                .isEqualTo(always(named));
    }

    @ParameterizedTest
    @CsvSource("log_bin, 0")
    void without_a_binary_log_nothing_depends_on_when_it_is_written(String setting, String value) throws SQLException {
        Map<String, String> unsynced = new HashMap<>(SAFE_MYSQL);
        unsynced.put("sync_binlog", "0");

        assertThat(hazards(new MySqlDialect("mark"), unsynced, setting, value)).isEmpty();
    }

    private static List<Hazard> hazards(SqlDialect dialect, Map<String, String> safe, String setting, String value)
            throws SQLException {
        Map<String, String> settings = new HashMap<>(safe);
        settings.put(setting, value);
        return dialect.hazards(name -> Objects.requireNonNull(settings.get(name)));
    }

    private static List<Hazard> always(@Nullable String named) {
        return named == null ? List.of() : List.of(Hazard.always(named));
    }
}
