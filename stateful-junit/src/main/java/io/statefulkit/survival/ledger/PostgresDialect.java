package io.statefulkit.survival.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** PostgreSQL. */
record PostgresDialect() implements SqlDialect {

    /** Settings without which PostgreSQL acknowledges what a crash may take away again. */
    private static final List<String> GUARDS = List.of("fsync", "full_page_writes", "synchronous_commit");

    private static final String STARTED = "pg_postmaster_start_time()";
    private static final String NO_SUCH_TABLE = "42P01";

    @Override
    public List<String> create(String table) {
        return List.of(
                "CREATE TABLE " + table + " (k bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,"
                        + " run text NOT NULL, writer int NOT NULL, seq int NOT NULL, payload text NOT NULL,"
                        + " server text NOT NULL DEFAULT (" + STARTED + ")::text)",
                "CREATE INDEX ON " + table + " (writer, seq)");
    }

    @Override
    public String append() {
        return "items || ?";
    }

    @Override
    public String text() {
        return "text";
    }

    @Override
    public String serverQuery() {
        return "SELECT " + STARTED + "::text";
    }

    @Override
    public String insert(String table) {
        return "INSERT INTO " + table + " (run, writer, seq, payload) VALUES (?, ?, ?, ?)";
    }

    @Override
    public boolean isMissingTable(SQLException error) {
        return NO_SUCH_TABLE.equals(error.getSQLState());
    }

    @Override
    public List<Hazard> hazards(Settings settings) throws SQLException {
        List<Hazard> hazards = new ArrayList<>();
        for (String setting : GUARDS) {
            if ("off".equals(settings.get(setting))) {
                hazards.add(Hazard.always(setting + " = off"));
            }
        }
        return hazards;
    }

    @Override
    public String setting(String name) {
        return "SHOW " + name;
    }

    @Override
    public String identity(Connection connection, String table) throws SQLException {
        return JdbcStore.single(connection, "SELECT system_identifier::text FROM pg_control_system()");
    }
}
