package io.statefulkit.survival.verdict;

/** What must hold in every read of a counter, of lists, or of accounts, besides what holds for rows. */
public enum Law {
    /** What was acknowledged or seen before the read began is in it. */
    KEPT("acknowledged or seen before, and missing"),
    /** What the database refused is not in it. */
    REFUSED("refused, and there"),
    /** What nobody ever tried is not in it. */
    ATTEMPTED("never attempted, and there"),
    /** Nothing is in it twice. */
    ONCE("there more often than attempted"),
    /** What was acknowledged before another began comes before it. */
    ORDER("in another order than acknowledged"),
    /** Each shorter list is the beginning of each longer one. */
    PREFIX("not the beginning of what another read showed"),
    /** A counter is not below what was acknowledged before the read began. */
    NOT_BELOW("below what was acknowledged"),
    /** A counter is not above what may have been added before the read ended. */
    NOT_ABOVE("above what can have been added"),
    /** The accounts are those that there were. */
    ACCOUNTS("not the accounts that there were"),
    /** The accounts together hold what they held at first. */
    SUM("money came or went"),
    /** No account is below zero. */
    COVERED("below zero"),
    /** Each account holds what it held at first and what the transfers in the same read say. */
    WHOLE("an account does not match the transfers beside it");

    private final String meaning;

    Law(String meaning) {
        this.meaning = meaning;
    }

    /** What it means when the law is broken, in a few words. */
    public String breach() {
        return meaning;
    }
}
