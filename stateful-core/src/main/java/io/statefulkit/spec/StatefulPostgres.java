package io.statefulkit.spec;

import io.statefulkit.internal.Checks;
import io.statefulkit.spec.pod.Credentials;
import java.time.Duration;
import java.util.Objects;
import java.util.regex.Pattern;

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
public final class StatefulPostgres extends SpecBase<StatefulPostgres> implements StatefulSpec {

    private static final Pattern DATABASE = Pattern.compile("[A-Za-z_][A-Za-z0-9_$-]{0,62}");

    private final String database;
    private final Credentials credentials;

    private StatefulPostgres(Settings settings, String database, Credentials credentials) {
        super(settings);
        this.database = database;
        this.credentials = credentials;
    }

    /**
     * Return a server of this name: one replica, user and database {@code postgres}, a generated password, 5 minutes to
     * stop.
     *
     * @throws IllegalArgumentException if Kubernetes would refuse the name
     */
    public static StatefulPostgres named(String name) {
        Settings settings = new Settings(
                Identity.named(name), Storage.none(), PodSettings.withGrace(Duration.ofMinutes(5)), Rollout.single());
        return new StatefulPostgres(settings, "postgres", Credentials.generate());
    }

    /** Create this database on the first start; {@code postgres} unless said. */
    public StatefulPostgres withDatabase(String name) {
        Checks.matches(DATABASE, name, "database", "up to 63 letters, digits, '_', '-' or '$'");
        return new StatefulPostgres(settings(), name, credentials);
    }

    /** Take user and password from here; generated unless said. */
    public StatefulPostgres withCredentials(Credentials source) {
        return new StatefulPostgres(settings(), database, source);
    }

    /** Return the name of the database. */
    public String database() {
        return database;
    }

    /** Return where user and password come from. */
    public Credentials credentials() {
        return credentials;
    }

    @Override
    StatefulPostgres copy(Settings changed) {
        return new StatefulPostgres(changed, database, credentials);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StatefulPostgres that
                && settings().equals(that.settings())
                && database.equals(that.database)
                && credentials.equals(that.credentials);
    }

    @Override
    public int hashCode() {
        return Objects.hash(settings(), database, credentials);
    }

    @Override
    public String toString() {
        return "StatefulPostgres[" + name() + "]";
    }
}
