package io.statefulkit.survival.disruption.workload;

import io.statefulkit.internal.NotApi;
import java.time.Duration;
import org.awaitility.core.ConditionFactory;

/** How a run waits: it looks at once, and what goes wrong in other threads of this JVM does not end it. */
@NotApi
public final class Polling {

    private Polling() {}

    /** Returns what looks each interval, for no longer than this. */
    public static ConditionFactory within(ConditionFactory await, Duration atMost, Duration interval) {
        return await.dontCatchUncaughtExceptions()
                .atMost(atMost)
                .pollDelay(Duration.ZERO)
                .pollInterval(interval);
    }
}
