package io.statefulkit.spec.job;

import io.statefulkit.internal.Checks;
import java.time.Duration;

/**
 * SQL that runs in one transaction, for example a migration.
 *
 * <p>It runs at least once: when its pod dies after the commit and before the cluster has heard of it, the cluster tries again, and the
 * SQL runs a second time. Write it so that this does no harm, or let it run {@link #once()}.
 *
 * @param name of the job
 * @param sql one or more statements
 * @param deadline how long it may take, with its retries and while it waits for the server; an hour unless said
 * @param exactlyOnce whether a mark in the database keeps it from running a second time
 */
public record SqlJob(String name, String sql, Duration deadline, boolean exactlyOnce) implements StatefulJob {

    public SqlJob {
        Checks.dnsLabel(name, 40, "job name");
        Checks.wholeSeconds(Duration.ofSeconds(1), deadline, "deadline");
    }

    /** Return a job of this name; add {@link #sql}. */
    public static SqlJob named(String name) {
        return new SqlJob(name, "", Duration.ofHours(1), false);
    }

    /** Run these statements. */
    public SqlJob sql(String statements) {
        return new SqlJob(name, Checks.notBlank(statements, "sql"), deadline, exactlyOnce);
    }

    /** End it when it has taken this long; its transaction is rolled back then. */
    public SqlJob deadline(Duration limit) {
        return new SqlJob(name, sql, limit, exactlyOnce);
    }

    /**
     * Leave a mark of name and SQL in the table {@code statefulkit_job}, in the same transaction: a job that finds it does nothing, whether it
     * is a retry or another job of the same name and SQL, however much later. On MySQL and MariaDB that holds for SQL that can be rolled back:
     * statements such as {@code create table} commit by themselves.
     */
    public SqlJob once() {
        return new SqlJob(name, sql, deadline, true);
    }
}
