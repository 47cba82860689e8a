package io.statefulkit.spec;

/**
 * What every workload has, in groups.
 *
 * @param identity what it is called
 * @param storage where its data is
 * @param pod what its pods are made of
 * @param rollout how many pods, and how they change
 */
public record Settings(Identity identity, Storage storage, PodSettings pod, Rollout rollout) {

    Settings identity(Identity value) {
        return new Settings(value, storage, pod, rollout);
    }

    Settings storage(Storage value) {
        return new Settings(identity, value, pod, rollout);
    }

    Settings pod(PodSettings value) {
        return new Settings(identity, storage, value, rollout);
    }

    Settings rollout(Rollout value) {
        return new Settings(identity, storage, pod, value);
    }
}
