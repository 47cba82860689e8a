package io.statefulkit.spec;

import java.time.Duration;

/** The settings of a spec that nothing has been said about yet. */
final class Defaults {

    private Defaults() {}

    static Settings of(String name, String database, Duration grace) {
        return new Settings(
                Identity.named(name),
                Storage.none(),
                PodSettings.withGrace(grace),
                Rollout.single(),
                Network.open(),
                Data.of(database),
                Extras.none());
    }
}
