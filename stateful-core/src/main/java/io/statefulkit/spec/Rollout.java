package io.statefulkit.spec;

import io.statefulkit.internal.Checks;
import io.statefulkit.spec.pod.Budget;
import io.statefulkit.spec.pod.Spread;
import io.statefulkit.spec.pod.UpdateStrategy;

/**
 * How many pods there are, where, and how they change.
 *
 * @param replicas number of pods; 0 sleeps
 * @param independent true if the user knows that several replicas are several unrelated databases
 * @param update how pods are replaced when the spec changes
 * @param firstOrdinal number of the first pod of a StatefulSet
 * @param spread how far apart the pods run
 * @param budget how many pods may be evicted at once
 */
public record Rollout(
        int replicas, boolean independent, UpdateStrategy update, int firstOrdinal, Spread spread, Budget budget) {

    public Rollout {
        Checks.between(0, 1000, replicas, "replicas");
        Checks.between(0, 1000, firstOrdinal, "first ordinal");
    }

    static Rollout single() {
        return new Rollout(1, false, UpdateStrategy.rolling(), 0, Spread.ANYWHERE, Budget.ONE_AT_A_TIME);
    }

    Rollout replicas(int value) {
        return new Rollout(value, independent, update, firstOrdinal, spread, budget);
    }

    Rollout independent(boolean value) {
        return new Rollout(replicas, value, update, firstOrdinal, spread, budget);
    }

    Rollout update(UpdateStrategy value) {
        return new Rollout(replicas, independent, value, firstOrdinal, spread, budget);
    }

    Rollout firstOrdinal(int value) {
        return new Rollout(replicas, independent, update, value, spread, budget);
    }

    Rollout spread(Spread value) {
        return new Rollout(replicas, independent, update, firstOrdinal, value, budget);
    }

    Rollout budget(Budget value) {
        return new Rollout(replicas, independent, update, firstOrdinal, spread, value);
    }
}
