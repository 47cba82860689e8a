package io.statefulkit.lint;

/** What a rule has to see. */
public enum Stage {
    /** The text of a manifest. */
    TEXT,
    /** The objects of a plan or manifest. */
    BUILD,
    /** The objects, and what is in the cluster already. */
    APPLY,
    /** Both: a guess from the objects, certainty from the cluster. */
    BUILD_AND_APPLY
}
