package io.statefulkit.survival;

import java.util.function.UnaryOperator;

/** What a run keeps in the database. It is a setting of a run as well: {@code assertThat(db).using(ACCOUNTS)}. */
public enum LedgerKind implements UnaryOperator<Survival> {
    /** Rows, each written once. */
    ROWS,
    /** Rows, a tenth of which are deleted again: a deleted row that comes back shows. */
    DELETED_ROWS,
    /** Rows, each in one transaction with a transfer, a counter and a list: see {@link Survival#keepingAccounts()}. */
    ACCOUNTS;

    private static final double DELETED = 0.1;

    /** A run that keeps it. */
    @Override
    public Survival apply(Survival run) {
        return switch (this) {
            case ROWS -> run;
            case DELETED_ROWS -> run.deleting(DELETED);
            case ACCOUNTS -> run.keepingAccounts();
        };
    }
}
