package io.statefulkit.handle.connection;

import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import org.junit.jupiter.api.Test;

class DriversTest {

    @Test
    void a_url_that_no_driver_knows_says_which_one_to_add() {
        assertThatIllegalStateException()
                .isThrownBy(() -> Drivers.require("jdbc:mysql-of-the-future://127.0.0.1:1/shop"))
                .withMessage(
                        "no JDBC driver for jdbc:mysql-of-the-future://127.0.0.1:1/shop: add com.mysql:mysql-connector-j"
                                + " to the class path");
    }

    @Test
    void a_driver_that_is_there_is_found_without_a_connection() {
        assertThatNoException().isThrownBy(() -> Drivers.require("jdbc:postgresql://127.0.0.1:1/shop"));
    }
}
