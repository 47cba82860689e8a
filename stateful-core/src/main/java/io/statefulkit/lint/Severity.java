package io.statefulkit.lint;

/** How bad a finding is. */
public enum Severity {
    /** Data gets lost, or nothing runs: a plan is refused. */
    ERROR,
    /** It works until it does not: reported, and refused under {@code strict()}. */
    WARNING,
    /** Good to know. */
    INFO
}
