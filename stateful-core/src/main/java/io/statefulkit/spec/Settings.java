package io.statefulkit.spec;

/**
 * What every workload has, in groups.
 *
 * @param identity what it is called
 * @param storage where its data is
 * @param pod what its pods are made of
 * @param rollout how many pods, and how they change
 * @param network who can reach it
 * @param data what is in the database
 * @param extras what it brings along
 */
public record Settings(
        Identity identity,
        Storage storage,
        PodSettings pod,
        Rollout rollout,
        Network network,
        Data data,
        Extras extras) {

    Settings identity(Identity value) {
        return new Settings(value, storage, pod, rollout, network, data, extras);
    }

    Settings storage(Storage value) {
        return new Settings(identity, value, pod, rollout, network, data, extras);
    }

    Settings pod(PodSettings value) {
        return new Settings(identity, storage, value, rollout, network, data, extras);
    }

    Settings rollout(Rollout value) {
        return new Settings(identity, storage, pod, value, network, data, extras);
    }

    Settings network(Network value) {
        return new Settings(identity, storage, pod, rollout, value, data, extras);
    }

    Settings data(Data value) {
        return new Settings(identity, storage, pod, rollout, network, value, extras);
    }

    Settings extras(Extras value) {
        return new Settings(identity, storage, pod, rollout, network, data, value);
    }
}
