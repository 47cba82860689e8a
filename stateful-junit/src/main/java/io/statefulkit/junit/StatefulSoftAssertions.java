package io.statefulkit.junit;

import io.statefulkit.survival.SurvivalResult;
import org.assertj.core.api.AbstractSoftAssertions;

/**
 * Assertions on what a run has shown that are all looked at, and told about together.
 *
 * <pre>{@code
 * StatefulSoftAssertions softly = new StatefulSoftAssertions();
 * softly.assertThat(result).lostNothingAcknowledged().hasNoDuplicates();
 * softly.assertThat(result).writesResumedWithin(Duration.ofSeconds(30));
 * softly.assertAll();
 * }</pre>
 */
public final class StatefulSoftAssertions extends AbstractSoftAssertions {

    /** Nothing asserted yet. */
    public StatefulSoftAssertions() {}

    /** Assertions on what a run has shown; they do nothing but look. */
    public SurvivalAssert assertThat(SurvivalResult result) {
        return proxy(SurvivalAssert.class, SurvivalResult.class, result);
    }
}
