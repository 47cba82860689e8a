package io.statefulkit.survival.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * MySQL and MariaDB.
 *
 * @param mark the comment of the table: MariaDB has no identity of its own that belongs to its files
 */
record MySqlDialect(String mark) implements SqlDialect {

    /** The host, and the second in which the server started: that is what the numbers of {@code uuid_short} begin with. */
    private static final String STARTED = "CONCAT(@@hostname, ' ', (UUID_SHORT() >> 24) & 4294967295)";

    private static final String NO_SUCH_TABLE = "42S02";

    /** Values with which the server acknowledges before what it wrote is safe; with the last, it finds torn pages and cannot mend them. */
    private static final Map<String, List<String>> UNSAFE = Map.of(
            "innodb_flush_log_at_trx_commit", List.of("0", "2", "3"),
            "innodb_doublewrite", List.of("0", "OFF", "DETECT_ONLY"));

    @Override
    public List<String> create(String table) {
        return List.of("CREATE TABLE " + table + " (k BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,"
                + " run VARCHAR(40) NOT NULL, writer INT NOT NULL, seq INT NOT NULL,"
                + " payload MEDIUMTEXT CHARACTER SET ascii COLLATE ascii_bin NOT NULL,"
                + " server VARCHAR(255) NOT NULL, KEY (writer, seq)) ENGINE = InnoDB COMMENT = '" + mark + "'");
    }

    @Override
    public String append() {
        return "CONCAT(items, ?)";
    }

    /** A {@code TEXT} ends at 64 KiB: after some minutes of rows, every one that gives to that account would be refused. */
    @Override
    public String text() {
        return "MEDIUMTEXT";
    }

    @Override
    public String serverQuery() {
        return "SELECT " + STARTED;
    }

    @Override
    public String insert(String table) {
        return "INSERT INTO " + table + " (run, writer, seq, payload, server) VALUES (?, ?, ?, ?, " + STARTED + ")";
    }

    @Override
    public boolean isMissingTable(SQLException error) {
        return NO_SUCH_TABLE.equals(error.getSQLState());
    }

    @Override
    public List<Hazard> hazards(Settings settings) throws SQLException {
        List<Hazard> hazards = new ArrayList<>();
        for (Map.Entry<String, List<String>> unsafe : UNSAFE.entrySet()) {
            String value = settings.get(unsafe.getKey());
            if (unsafe.getValue().contains(value)) {
                hazards.add(Hazard.always(unsafe.getKey() + " = " + value));
            }
        }
        // Without a binary log nothing depends on when it is written.
        String synced = settings.get("sync_binlog");
        if ("1".equals(settings.get("log_bin")) && !"1".equals(synced)) {
            hazards.add(Hazard.always("sync_binlog = " + synced));
        }
        return hazards;
    }

    @Override
    public String setting(String name) {
        return "SELECT @@" + name;
    }

    @Override
    public String identity(Connection connection, String table) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("SELECT TABLE_COMMENT FROM information_schema.TABLES"
                + " WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = ?")) {
            query.setString(1, table);
            try (ResultSet rows = query.executeQuery()) {
                return rows.next() ? rows.getString(1) : "none: the table of the run is gone";
            }
        }
    }
}
