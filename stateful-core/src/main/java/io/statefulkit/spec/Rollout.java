package io.statefulkit.spec;

import io.statefulkit.internal.Checks;

/**
 * How many pods there are and how they change.
 *
 * @param replicas number of pods; 0 sleeps
 * @param independent true if the user knows that several replicas are several unrelated databases
 */
public record Rollout(int replicas, boolean independent) {

    public Rollout {
        Checks.between(0, 1000, replicas, "replicas");
    }

    static Rollout single() {
        return new Rollout(1, false);
    }

    Rollout replicas(int number) {
        return new Rollout(number, independent);
    }
}
