package io.statefulkit.spec;

import io.statefulkit.spec.pod.Credentials;
import java.time.Duration;

/**
 * A MySQL or MariaDB server that keeps its data on a volume, from the official image. Which of the two it is, the
 * image's name says.
 *
 * <p>Immutable: every {@code with…} returns a new value.
 */
public final class StatefulMySql extends SqlBase<StatefulMySql> implements StatefulSpec {

    private StatefulMySql(Settings settings) {
        super(settings);
    }

    /**
     * Return a server of this name: one replica, user and database {@code app}, generated passwords of user and root,
     * root only from within the pod, 10 minutes to stop.
     *
     * @throws IllegalArgumentException if Kubernetes would refuse the name
     */
    public static StatefulMySql named(String name) {
        return new StatefulMySql(Defaults.of(name, "app", Duration.ofMinutes(10)));
    }

    /**
     * Take user and password from here; generated unless said. The root password is always generated.
     *
     * @throws IllegalArgumentException if the user is {@code root}, which the image refuses
     */
    @Override
    public StatefulMySql withCredentials(Credentials source) {
        boolean rootLiteral =
                source instanceof Credentials.Literal literal && literal.user().equals("root");
        boolean rootGenerated = source instanceof Credentials.Generated generated
                && generated.user().filter("root"::equals).isPresent();
        if (rootLiteral || rootGenerated) {
            throw new IllegalArgumentException("user must not be root, which the image creates by itself");
        }
        return super.withCredentials(source);
    }

    /** Return true if the image is MariaDB's. */
    public boolean mariaDb() {
        return settings()
                .pod()
                .image()
                .filter(image -> image.shortName().contains("mariadb"))
                .isPresent();
    }

    @Override
    StatefulMySql copy(Settings changed) {
        return new StatefulMySql(changed);
    }
}
