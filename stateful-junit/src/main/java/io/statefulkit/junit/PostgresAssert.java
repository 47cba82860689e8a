package io.statefulkit.junit;

import io.statefulkit.cluster.Cluster;
import io.statefulkit.cluster.ClusterRegistry;
import io.statefulkit.handle.PostgresHandle;
import io.statefulkit.survival.Survival;
import io.statefulkit.survival.disruption.Disruption;
import io.statefulkit.survival.disruption.ProcessKill;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/** Assertions on a PostgreSQL server. */
public final class PostgresAssert extends AbstractAssert<PostgresAssert, PostgresHandle> {

    private final UnaryOperator<Survival> settings;

    PostgresAssert(@Nullable PostgresHandle database) {
        this(database, UnaryOperator.identity());
    }

    private PostgresAssert(@Nullable PostgresHandle database, UnaryOperator<Survival> settings) {
        super(database, PostgresAssert.class);
        this.settings = settings;
    }

    /** Changes how the run of {@link #survives} is done, such as {@code with(run -> run.writing(500, 16))}. */
    public PostgresAssert with(UnaryOperator<Survival> changes) {
        PostgresAssert changed = new PostgresAssert(actual, run -> changes.apply(settings.apply(run)));
        changed.info.description(info.description());
        return changed;
    }

    /**
     * Writes rows all the time, does these things to the pods one after another, and fails unless every acknowledged row is there at the
     * end, exactly as it was written. It also fails when the run could not have shown a loss, as when a pod was never replaced.
     *
     * @return assertions on what the run has shown
     */
    public SurvivalAssert survives(Disruption... disruptions) {
        isNotNull();
        Survival run = Survival.of(actual).killingWith(kill(ClusterRegistry.ofThisJvm()));
        return new SurvivalAssert(settings.apply(run).through(disruptions))
                .describedAs(info.description())
                .survived();
    }

    private ProcessKill kill(ClusterRegistry registry) {
        Optional<Cluster> cluster = registry.of(actual.place().client());
        return cluster.<ProcessKill>map(running -> running::kill)
                .orElseGet(() -> ProcessKill.impossible("its cluster was not started by @StatefulCluster;"
                        + " tell the run how: with(run -> run.killingWith(...))"));
    }
}
