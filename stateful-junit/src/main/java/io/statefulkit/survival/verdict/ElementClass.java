package io.statefulkit.survival.verdict;

/** What became of an element that a run tried to write. An element can be in several classes. */
public enum ElementClass {
    /** Acknowledged, and there at the end. */
    OK(false, "acknowledged and there"),
    /** Nobody knew whether it was written, and it is there: legal. */
    RECOVERED(false, "unknown and there"),
    /** Nobody knew whether it was written, and it never appeared: legal. */
    VANISHED(false, "unknown and never there"),
    /** Acknowledged, or seen once, and gone at the end. */
    LOST(true, "acknowledged or seen, and gone"),
    /** The database refused it, and it is there all the same. */
    PHANTOM(true, "refused and there"),
    /** A row of this run that no writer ever tried to write. */
    UNEXPECTED(true, "never written and there"),
    /** More rows than attempts. */
    DUPLICATED(true, "there more often than written"),
    /** The content is not what was written. */
    CORRUPTED(true, "there with other content"),
    /** Its deletion was acknowledged, and it is there later. */
    RESURRECTED(true, "deleted and there again"),
    /** Acknowledged, but no read began after that: nothing is known about it. */
    NEVER_READ(false, "acknowledged and never read"),
    /** There at the end, but an earlier read that should have shown it did not. */
    STALE(false, "missed by a read, there later"),
    /** Seen, then not seen, then seen again. */
    FLUTTER(false, "seen, not seen, and seen again"),
    /** Acknowledged after a backup began that was restored later, and gone with the restore: legal. */
    GIVEN_UP(false, "not in the backup and gone"),
    /** Begun after a backup was done that was restored later, and there after the restore: no backup can have had it. */
    TOO_NEW(true, "newer than the backup and there after its restore");

    private final boolean violation;
    private final String meaning;

    ElementClass(boolean violation, String meaning) {
        this.violation = violation;
        this.meaning = meaning;
    }

    /** Whether one such element is enough for {@link Verdict#VIOLATED}. */
    public boolean isViolation() {
        return violation;
    }

    /** The class in a few words. */
    public String meaning() {
        return meaning;
    }
}
