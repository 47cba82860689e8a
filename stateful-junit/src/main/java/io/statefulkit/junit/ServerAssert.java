package io.statefulkit.junit;

import io.statefulkit.cluster.choice.ClusterRegistry;
import io.statefulkit.handle.Handle;
import io.statefulkit.handle.volume.MountInfo;
import io.statefulkit.survival.LedgerKind;
import io.statefulkit.survival.Survival;
import io.statefulkit.survival.disruption.Disruption;
import java.util.function.UnaryOperator;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/** Assertions that act on a server and look at what becomes of its data, whatever server it is. */
abstract class ServerAssert<S extends ServerAssert<S, H>, H extends Handle> extends AbstractAssert<S, H> {

    private final UnaryOperator<Survival> settings;

    ServerAssert(@Nullable H server, Class<S> self, UnaryOperator<Survival> settings) {
        super(server, self);
        this.settings = settings;
    }

    /** The same assertions with these settings of a run. */
    abstract S withSettings(UnaryOperator<Survival> other);

    /** A run on the server. */
    abstract Survival run(H server);

    /** The claim that its data directory is on, as the server itself and its container see it. */
    abstract MountInfo dataMount(H server);

    /** Changes how the run of {@link #survives} is done, such as {@code with(run -> run.writing(500, 16))}. */
    public S with(UnaryOperator<Survival> changes) {
        S changed = withSettings(run -> changes.apply(settings.apply(run)));
        changed.info.description(info.description());
        return changed;
    }

    /** Keeps this in the database during the run of {@link #survives}; rows unless said. */
    public S using(LedgerKind ledger) {
        return with(ledger);
    }

    /**
     * Asks the server where its data is and its container what is mounted there, and fails unless that is a claim: a matter of a second, and
     * nothing happens to the server.
     */
    public S keepsItsDataOnAVolume() {
        isNotNull();
        try {
            dataMount(actual);
        } catch (IllegalStateException e) {
            failWithMessage("%s", e.getMessage());
        }
        return myself;
    }

    /**
     * Writes rows all the time, does these things to the pods one after another, and fails unless every acknowledged row is there at the
     * end, exactly as it was written. It also fails when the run could not have shown a loss, as when a pod was never replaced.
     *
     * @return assertions on what the run has shown
     * @throws io.statefulkit.survival.disruption.power.UnmetNeedException when a disruption is not possible on this cluster
     */
    public SurvivalAssert survives(Disruption... disruptions) {
        isNotNull();
        Survival run = run(actual).with(ClusterPowers.of(actual.place().client(), ClusterRegistry.ofThisJvm()));
        return new SurvivalAssert(settings.apply(run).through(disruptions))
                .describedAs(info.description())
                .survived();
    }
}
