package io.statefulkit.survival.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** What differs between the databases that are reached by JDBC. */
interface SqlDialect {

    /** The statements that make the table and its index. It has no unique constraint on what identifies a row. */
    List<String> create(String table);

    /** The expression that appends a parameter to the column {@code items}. */
    String append();

    /** The type of a text of some megabytes. */
    String text();

    /** Asks what tells this incarnation of the server from the one before its restart. */
    String serverQuery();

    /** Inserts run, writer, seq and payload; the server adds its incarnation. */
    String insert(String table);

    /** Whether an error of a query says that there is no such table. */
    boolean isMissingTable(SQLException error);

    /** Settings that contradict the claim that acknowledged rows survive. */
    default List<Hazard> hazards(Connection connection) throws SQLException {
        return hazards(name -> JdbcStore.single(connection, setting(name)));
    }

    /** The same of values that come from elsewhere. */
    List<Hazard> hazards(Settings settings) throws SQLException;

    /** The query for the value of a setting. */
    String setting(String name);

    /** The values of a server's settings. */
    @FunctionalInterface
    interface Settings {

        /** Returns one. */
        String get(String name) throws SQLException;
    }

    /** What stays the same for as long as it is the same database with the same files. */
    String identity(Connection connection, String table) throws SQLException;
}
