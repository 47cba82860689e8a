package io.statefulkit.junit;

import io.statefulkit.handle.MySqlHandle;
import io.statefulkit.handle.volume.MountInfo;
import io.statefulkit.survival.Survival;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Assertions on a MySQL or MariaDB server. */
public final class MySqlAssert extends ServerAssert<MySqlAssert, MySqlHandle> {

    MySqlAssert(@Nullable MySqlHandle server) {
        this(server, UnaryOperator.identity());
    }

    private MySqlAssert(@Nullable MySqlHandle server, UnaryOperator<Survival> settings) {
        super(server, MySqlAssert.class, settings);
    }

    @Override
    MySqlAssert withSettings(UnaryOperator<Survival> other) {
        return new MySqlAssert(actual, other);
    }

    @Override
    Survival run(MySqlHandle server) {
        return Survival.of(server);
    }

    @Override
    MountInfo dataMount(MySqlHandle server) {
        return server.dataMount();
    }
}
