package io.statefulkit.junit;

import io.statefulkit.handle.PostgresHandle;
import io.statefulkit.handle.volume.MountInfo;
import io.statefulkit.survival.Survival;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Assertions on a PostgreSQL server. */
public final class PostgresAssert extends ServerAssert<PostgresAssert, PostgresHandle> {

    PostgresAssert(@Nullable PostgresHandle server) {
        this(server, UnaryOperator.identity());
    }

    private PostgresAssert(@Nullable PostgresHandle server, UnaryOperator<Survival> settings) {
        super(server, PostgresAssert.class, settings);
    }

    @Override
    PostgresAssert withSettings(UnaryOperator<Survival> other) {
        return new PostgresAssert(actual, other);
    }

    @Override
    Survival run(PostgresHandle server) {
        return Survival.of(server);
    }

    @Override
    MountInfo dataMount(PostgresHandle server) {
        return server.dataMount();
    }
}
