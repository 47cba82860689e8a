package io.statefulkit.survival.verdict;

import io.statefulkit.survival.history.Moment;

/**
 * One law that one read broke. One is enough for {@link Verdict#VIOLATED}.
 *
 * @param law which law
 * @param read when the read began
 * @param detail what was expected and seen
 */
public record Breach(Law law, Moment read, String detail) {

    @Override
    public String toString() {
        return law.breach() + ": " + detail;
    }
}
