package io.statefulkit.survival.verdict;

import java.util.List;

/**
 * A verdict and why.
 *
 * @param verdict the verdict
 * @param reasons what makes it less than {@link Verdict#SURVIVED}, worst first; empty otherwise
 */
public record Judgement(Verdict verdict, List<String> reasons) {

    /** Copies the list. */
    public Judgement {
        reasons = List.copyOf(reasons);
    }
}
