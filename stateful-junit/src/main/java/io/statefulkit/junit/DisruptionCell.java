package io.statefulkit.junit;

import io.statefulkit.survival.LedgerKind;
import io.statefulkit.survival.Survival;
import io.statefulkit.survival.disruption.Disruption;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * One test of a {@link DisruptionTest}. It is the settings of its run as well: {@code assertThat(db).with(cell)}.
 *
 * @param disruption what to do
 * @param ledger what its run keeps in the database
 * @param run which of the repetitions it is, from 1
 * @param of how many there are
 * @param seed decides the content of rows and the order of operations
 */
public record DisruptionCell(Disruption disruption, LedgerKind ledger, int run, int of, long seed)
        implements UnaryOperator<Survival> {

    /** The run with the ledger and the seed of this cell. */
    @Override
    public Survival apply(Survival survival) {
        return ledger.apply(survival).withSeed(seed);
    }

    /** What tells it from the other cells of its test. */
    String key() {
        return disruption.name()
                + (ledger == LedgerKind.ROWS ? "" : " x " + ledger.name().toLowerCase(Locale.ROOT))
                + (of == 1 ? "" : ", run " + run + "/" + of);
    }

    String displayName(int index) {
        return "[" + index + "] " + key() + ", seed " + Long.toHexString(seed);
    }

    DisruptionCell withSeed(long other) {
        return new DisruptionCell(disruption, ledger, run, of, other);
    }
}
