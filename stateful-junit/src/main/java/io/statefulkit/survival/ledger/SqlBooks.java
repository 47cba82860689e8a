package io.statefulkit.survival.ledger;

import io.statefulkit.survival.history.Books;
import io.statefulkit.survival.history.Element;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The accounts in a table beside that of the rows.
 *
 * @param table its name
 * @param append the expression that appends a parameter to the column of items
 * @param text the type of that column, which gets longer with each row
 */
record SqlBooks(String table, String append, String text) {

    void create(Statement statement) throws SQLException {
        statement.execute("CREATE TABLE " + table
                + " (account INT NOT NULL PRIMARY KEY, balance BIGINT NOT NULL, received BIGINT NOT NULL,"
                + " items " + text + " NOT NULL)");
        for (int account = 0; account < Move.ACCOUNTS; account++) {
            statement.execute("INSERT INTO " + table + " VALUES (" + account + ", " + Move.INITIAL + ", 0, '')");
        }
    }

    /** Books the transfer of a row in the transaction of the row. The lower account goes first, so that no two transactions wait in a circle. */
    void book(Connection connection, Element element) throws SQLException {
        Move move = Move.of(element);
        String sql = "UPDATE " + table + " SET balance = balance + ?, received = received + ?, items = " + append
                + " WHERE account = ?";
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            if (move.from() < move.to()) {
                change(update, move.from(), -move.amount(), 0, "");
                change(update, move.to(), move.amount(), 1, element + " ");
            } else {
                change(update, move.to(), move.amount(), 1, element + " ");
                change(update, move.from(), -move.amount(), 0, "");
            }
        }
    }

    private static void change(PreparedStatement update, int account, long amount, int received, String item)
            throws SQLException {
        update.setLong(1, amount);
        update.setLong(2, received);
        update.setString(3, item);
        update.setInt(4, account);
        int rows = update.executeUpdate();
        if (rows != 1) {
            throw new SQLException("account " + account + " has " + rows + " rows, expected 1");
        }
    }

    Books read(Connection connection) throws SQLException {
        Map<Integer, Books.Account> accounts = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT account, balance, received, items FROM " + table)) {
            while (rows.next()) {
                accounts.put(
                        rows.getInt(1), new Books.Account(rows.getLong(2), rows.getLong(3), items(rows.getString(4))));
            }
        }
        return new Books(accounts);
    }

    private static List<Element> items(String text) {
        return text.isBlank()
                ? List.of()
                : new ArrayList<>(
                        Arrays.stream(text.split(" ")).map(Element::parse).toList());
    }
}
