package io.statefulkit.spec;

import java.time.Duration;

/**
 * A Redis or Valkey server that keeps its data on a volume: append-only file, synced each second, with a password.
 *
 * <p>Immutable: every {@code with…} returns a new value.
 */
public final class StatefulRedis extends EngineBase<StatefulRedis> implements StatefulSpec {

    private StatefulRedis(Settings settings) {
        super(settings);
    }

    /**
     * Return a server of this name: one replica, a generated password, no eviction, 2 minutes to stop.
     *
     * @throws IllegalArgumentException if Kubernetes would refuse the name
     */
    public static StatefulRedis named(String name) {
        return new StatefulRedis(Defaults.of(name, "0", Duration.ofMinutes(2)));
    }

    /** Let the server drop the keys that were used least recently when memory is full, instead of refusing writes. */
    public StatefulRedis asCache() {
        return withConfig("maxmemory-policy", "allkeys-lru");
    }

    @Override
    StatefulRedis copy(Settings changed) {
        return new StatefulRedis(changed);
    }
}
