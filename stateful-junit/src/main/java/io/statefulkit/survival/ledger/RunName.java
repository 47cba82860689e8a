package io.statefulkit.survival.ledger;

/** The name of a run, which becomes part of the names of tables, keys and directories. */
final class RunName {

    private RunName() {}

    static String check(String run) {
        if (!run.matches("[a-z0-9]{1,40}")) {
            throw new IllegalArgumentException(
                    "expected a run of 1 to 40 lower-case letters and digits, got '" + run + "'");
        }
        return run;
    }
}
