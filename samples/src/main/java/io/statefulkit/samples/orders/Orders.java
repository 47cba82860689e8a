package io.statefulkit.samples.orders;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** The table of orders, as an application would use it. */
record Orders(DataSource database) {

    /** Creates the table. */
    void open() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create table orders (id int primary key, item text not null)");
        }
    }

    /** Places orders with the numbers from 1 on, each in a transaction of its own that is committed before the next. */
    void place(int count) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement("insert into orders values (?, ?)")) {
            connection.setAutoCommit(false);
            for (int id = 1; id <= count; id++) {
                insert.setInt(1, id);
                insert.setString(2, "item " + id);
                insert.executeUpdate();
                connection.commit();
            }
        }
    }

    /** Counts those of the orders from 1 to {@code count} that are not there. */
    int missing(int count) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement("select count(*) from generate_series(1, ?) as n"
                        + " where not exists (select from orders where id = n and item = 'item ' || n)")) {
            query.setInt(1, count);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }
}
