package io.statefulkit.spec.job;

import io.statefulkit.internal.Checks;
import java.time.Duration;

/**
 * SQL that runs once, in one transaction, for example a migration.
 *
 * @param name of the job
 * @param sql one or more statements
 * @param deadline how long it may take, with its retries and while it waits for the server; an hour unless said
 */
public record SqlJob(String name, String sql, Duration deadline) implements StatefulJob {

    public SqlJob {
        Checks.dnsLabel(name, 40, "job name");
        Checks.wholeSeconds(Duration.ofSeconds(1), deadline, "deadline");
    }

    /** Return a job of this name; add {@link #sql}. */
    public static SqlJob named(String name) {
        return new SqlJob(name, "", Duration.ofHours(1));
    }

    /** Run these statements. */
    public SqlJob sql(String statements) {
        return new SqlJob(name, Checks.notBlank(statements, "sql"), deadline);
    }

    /** End it when it has taken this long; its transaction is rolled back then. */
    public SqlJob deadline(Duration limit) {
        return new SqlJob(name, sql, limit);
    }
}
