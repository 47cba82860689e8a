package io.statefulkit.spec;

import java.time.Duration;

/**
 * A PostgreSQL server that keeps its data on a volume, from the official image (majors 12 to 18, Debian or Alpine).
 *
 * <pre>{@code
 * StatefulPostgres orders = StatefulPostgres.named("orders")
 *         .withImage("postgres:17.6-bookworm")
 *         .withVolumeClaimTemplate("10Gi");
 * }</pre>
 *
 * <p>Immutable: every {@code with…} returns a new value.
 */
public final class StatefulPostgres extends SqlBase<StatefulPostgres> implements StatefulSpec {

    private StatefulPostgres(Settings settings) {
        super(settings);
    }

    /**
     * Return a server of this name: one replica, user and database {@code postgres}, a generated password, 5 minutes to
     * stop.
     *
     * @throws IllegalArgumentException if Kubernetes would refuse the name
     */
    public static StatefulPostgres named(String name) {
        return new StatefulPostgres(Defaults.of(name, "postgres", Duration.ofMinutes(5)));
    }

    /**
     * Let the first start create a user of this name without special rights, who owns the database. The Secret gets its
     * password under the key {@code app-password}.
     */
    public StatefulPostgres appUser(String user) {
        return data(settings().data().appUser(userName(user)));
    }

    /**
     * Let the database itself sort text (locale {@code C.UTF-8} of its own), from PostgreSQL 17 on. The order then does not
     * depend on the image's C library, so that another base image cannot spoil an index. Matters on the first start only.
     */
    public StatefulPostgres withBuiltinLocale() {
        return data(settings().data().withBuiltinLocale());
    }

    @Override
    StatefulPostgres copy(Settings changed) {
        return new StatefulPostgres(changed);
    }
}
