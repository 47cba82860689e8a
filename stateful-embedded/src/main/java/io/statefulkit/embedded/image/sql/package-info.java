/** A stand-in for {@code psql} on machines without a PostgreSQL client; it runs in a JVM of its own. */
@org.jspecify.annotations.NullMarked
package io.statefulkit.embedded.image.sql;
