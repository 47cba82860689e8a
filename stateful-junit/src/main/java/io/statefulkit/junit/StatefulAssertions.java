package io.statefulkit.junit;

import io.statefulkit.handle.MySqlHandle;
import io.statefulkit.handle.PostgresHandle;
import io.statefulkit.handle.RedisHandle;
import io.statefulkit.survival.SurvivalResult;

/** Where assertions begin: {@code import static io.statefulkit.junit.StatefulAssertions.assertThat}. It goes together with AssertJ's own. */
public final class StatefulAssertions {

    private StatefulAssertions() {}

    /** Assertions that act on a database and look at what becomes of its data. */
    public static PostgresAssert assertThat(PostgresHandle database) {
        return new PostgresAssert(database);
    }

    /** Assertions that act on a database and look at what becomes of its data. */
    public static MySqlAssert assertThat(MySqlHandle database) {
        return new MySqlAssert(database);
    }

    /** Assertions that act on a server and look at what becomes of its data. */
    public static RedisAssert assertThat(RedisHandle server) {
        return new RedisAssert(server);
    }

    /** Assertions on what a run has shown; they do nothing but look. */
    public static SurvivalAssert assertThat(SurvivalResult result) {
        return new SurvivalAssert(result);
    }
}
