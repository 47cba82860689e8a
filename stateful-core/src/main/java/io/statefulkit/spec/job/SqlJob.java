package io.statefulkit.spec.job;

import io.statefulkit.internal.Checks;

/**
 * SQL that runs once, in one transaction, for example a migration.
 *
 * @param name of the job
 * @param sql one or more statements
 */
public record SqlJob(String name, String sql) implements StatefulJob {

    public SqlJob {
        Checks.dnsLabel(name, 40, "job name");
    }

    /** Return a job of this name; add {@link #sql}. */
    public static SqlJob named(String name) {
        return new SqlJob(name, "");
    }

    /** Run these statements. */
    public SqlJob sql(String statements) {
        return new SqlJob(name, Checks.notBlank(statements, "sql"));
    }
}
