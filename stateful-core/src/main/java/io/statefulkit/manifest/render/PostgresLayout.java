package io.statefulkit.manifest.render;

import io.statefulkit.spec.pod.Image;

/**
 * Where an official PostgreSQL image wants its volume. The rule turned around with 18: before, a mount one level up
 * loses everything silently; since, a mount at the old place stops the server.
 *
 * @param major of the server
 * @param mount where the volume goes
 * @param pgdata data directory: never the root of the volume, which may hold a {@code lost+found}
 */
record PostgresLayout(int major, String mount, String pgdata) {

    static PostgresLayout of(Image image) {
        int major = image.major()
                .orElseThrow(() -> new IllegalArgumentException(
                        "image must have a tag that starts with the major of PostgreSQL, like postgres:17.6-bookworm,"
                                + " since the place of the volume depends on it, but was '" + image + "'"));
        return major >= 18
                ? new PostgresLayout(major, "/var/lib/postgresql", "/var/lib/postgresql/" + major + "/docker")
                : new PostgresLayout(major, "/var/lib/postgresql/data", "/var/lib/postgresql/data/pgdata");
    }
}
