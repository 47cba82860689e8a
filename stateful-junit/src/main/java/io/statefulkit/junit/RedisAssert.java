package io.statefulkit.junit;

import io.statefulkit.handle.RedisHandle;
import io.statefulkit.handle.volume.MountInfo;
import io.statefulkit.survival.Survival;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Assertions on a Redis or Valkey server. */
public final class RedisAssert extends ServerAssert<RedisAssert, RedisHandle> {

    RedisAssert(@Nullable RedisHandle server) {
        this(server, UnaryOperator.identity());
    }

    private RedisAssert(@Nullable RedisHandle server, UnaryOperator<Survival> settings) {
        super(server, RedisAssert.class, settings);
    }

    @Override
    RedisAssert withSettings(UnaryOperator<Survival> other) {
        return new RedisAssert(actual, other);
    }

    @Override
    Survival run(RedisHandle server) {
        return Survival.of(server);
    }

    @Override
    MountInfo dataMount(RedisHandle server) {
        return server.dataMount();
    }
}
