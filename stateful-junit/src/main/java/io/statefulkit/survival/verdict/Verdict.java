package io.statefulkit.survival.verdict;

/** What a run proved, from best to worst. */
public enum Verdict {
    /** Every acknowledged row is there, and the run was able to show the opposite. */
    SURVIVED,
    /** Nothing is known to be wrong, but the run proved too little to say that the data survived. */
    INCONCLUSIVE,
    /** Something is there that must not be, or something that must be is not. */
    VIOLATED
}
