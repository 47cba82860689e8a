package io.statefulkit.survival.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommitErrorTest {

    @ParameterizedTest
    @CsvSource({
        "40001, ERROR: could not serialize access",
        "40P01, ERROR: deadlock detected",
        "23505, ERROR: duplicate key value violates unique constraint",
        "53100, ERROR: could not extend file: No space left on device"
    })
    void an_error_that_leaves_the_session_alive_proves_that_nothing_was_written(String state, String message) {
        assertThat(CommitError.provesNoEffect(new SQLException(message, state))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "08006, An I/O error occurred while sending to the backend.",
        "08007, ERROR: transaction resolution unknown",
        "40003, ERROR: statement completion unknown",
        "57P01, FATAL: terminating connection due to administrator command",
        "53100, PANIC: could not write to file",
        "40001, FATAL: could not serialize access",
        ", ERROR: something without a state"
    })
    void anything_else_proves_nothing(String state, String message) {
        assertThat(CommitError.provesNoEffect(new SQLException(message, state))).isFalse();
    }
}
