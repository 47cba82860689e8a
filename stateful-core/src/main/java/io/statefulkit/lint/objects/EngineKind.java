package io.statefulkit.lint.objects;

import io.statefulkit.internal.NotApi;
import io.statefulkit.spec.pod.Image;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The servers that the rules know. */
@NotApi
public enum EngineKind {
    POSTGRES("PostgreSQL", 5432, "1Gi", "postgres|postgresql|postgis|timescaledb", "postgres"),
    MYSQL("MySQL", 3306, "2Gi", "mysql|mariadb|percona|percona-server", "mysqld|mariadbd|mysqld_safe"),
    REDIS("Redis", 6379, "0", "redis|valkey", "redis-server|valkey-server");

    private final String title;
    private final int port;
    private final String minimum;
    private final Pattern images;
    private final Pattern program;

    EngineKind(String title, int port, String minimum, String images, String program) {
        this.title = title;
        this.port = port;
        this.minimum = minimum;
        this.images = Pattern.compile(images);
        this.program = Pattern.compile("(^\\s*|\\bexec\\s+)(\\S*/)?(" + program + ")(\\s|$)");
    }

    /** Return the engine of an official image, or of one with such a name. */
    public static Optional<EngineKind> of(Image image) {
        return Stream.of(values())
                .filter(kind -> kind.images.matcher(image.shortName()).matches())
                .findFirst();
    }

    /** Return the engine that listens on this port by default. */
    public static Optional<EngineKind> ofPort(int port) {
        return Stream.of(values()).filter(kind -> kind.port == port).findFirst();
    }

    /** Return its name for people. */
    public String title() {
        return title;
    }

    /** Return the smallest volume that makes sense. */
    public String minimum() {
        return minimum;
    }

    /** Return true if these words start the server: none at all, the image's entrypoint or the program itself. */
    boolean starts(String words) {
        return words.isBlank()
                || words.contains("docker-entrypoint.sh")
                || words.stripLeading().startsWith("-")
                || program.matcher(words).find();
    }
}
