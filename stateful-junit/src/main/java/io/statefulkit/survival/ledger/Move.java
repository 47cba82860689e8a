package io.statefulkit.survival.ledger;

import io.statefulkit.survival.history.Element;
import java.util.SplittableRandom;

/**
 * The transfer that goes with a row. It can be derived again from the row.
 *
 * @param from the account it takes from
 * @param to another one, which it gives to
 * @param amount how much
 */
public record Move(int from, int to, long amount) {

    /** How many accounts there are, from 0. */
    public static final int ACCOUNTS = 8;

    /** What each account holds at first. */
    public static final long INITIAL = 1000;

    private static final int MOST = 5;

    /** That of a row. */
    public static Move of(Element element) {
        SplittableRandom random = new SplittableRandom(((long) element.writer() << 32) | element.seq());
        int from = random.nextInt(ACCOUNTS);
        int to = (from + 1 + random.nextInt(ACCOUNTS - 1)) % ACCOUNTS;
        return new Move(from, to, 1 + random.nextInt(MOST));
    }
}
