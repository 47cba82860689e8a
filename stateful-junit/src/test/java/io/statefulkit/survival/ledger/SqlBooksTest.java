package io.statefulkit.survival.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SqlBooksTest {

    private final List<String> executed = new ArrayList<>();

    /** Takes every statement and does nothing. */
    private final Statement statement = (Statement) Proxy.newProxyInstance(
            Statement.class.getClassLoader(), new Class<?>[] {Statement.class}, (proxy, method, arguments) -> {
                executed.add((String) arguments[0]);
                return false;
            });

    /** 100 rows a second would fill 64 KiB, which is all that a TEXT of MySQL holds, in eleven minutes. */
    @Test
    void a_list_has_room_for_the_rows_of_a_long_run() throws SQLException {
        books(new MySqlDialect("mark")).create(statement);
        books(new PostgresDialect()).create(statement);

        assertThat(executed)
                .filteredOn(sql -> sql.startsWith("CREATE"))
                .containsExactly(
                        "CREATE TABLE ledger_books (account INT NOT NULL PRIMARY KEY, balance BIGINT NOT NULL, received"
                                + " BIGINT NOT NULL, items MEDIUMTEXT NOT NULL)",
                        "CREATE TABLE ledger_books (account INT NOT NULL PRIMARY KEY, balance BIGINT NOT NULL, received"
                                + " BIGINT NOT NULL, items text NOT NULL)");
        assertThat(executed).hasSize(2 * (1 + Move.ACCOUNTS));
    }

    private static SqlBooks books(SqlDialect dialect) {
        return new SqlBooks("ledger_books", dialect.append(), dialect.text());
    }
}
