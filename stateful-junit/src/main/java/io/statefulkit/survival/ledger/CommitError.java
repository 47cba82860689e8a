package io.statefulkit.survival.ledger;

import java.sql.SQLException;
import java.util.Set;

/** What an error in answer to COMMIT says about its effect. */
final class CommitError {

    /**
     * Serialization failure, deadlock, integrity violation at commit, disk full. Class 40 as a whole is not safe: 40003 says that nobody
     * knows.
     */
    private static final Set<String> ROLLED_BACK = Set.of("40001", "40P01", "40002", "53100");

    private CommitError() {}

    /** Only an error that leaves the session alive proves anything: a server that goes down may have committed before. */
    static boolean provesNoEffect(SQLException error) {
        String state = error.getSQLState();
        String message = error.getMessage();
        return state != null
                && message != null
                && message.startsWith("ERROR:")
                && (ROLLED_BACK.contains(state) || state.startsWith("23"));
    }
}
