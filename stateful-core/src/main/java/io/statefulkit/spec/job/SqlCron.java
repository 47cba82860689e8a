package io.statefulkit.spec.job;

import io.statefulkit.internal.Checks;
import java.time.Duration;

/**
 * SQL that runs on a schedule.
 *
 * @param name of the job
 * @param schedule when
 * @param sql one or more statements
 * @param history how many finished runs stay visible; 5 unless said
 * @param concurrency what happens while the run before is still going
 * @param destroysData true if the author knows that the SQL deletes data
 * @param deadline how long a run may take, with its retries and while it waits for the server; an hour unless said
 */
public record SqlCron(
        String name,
        Schedule schedule,
        String sql,
        int history,
        Concurrency concurrency,
        boolean destroysData,
        Duration deadline)
        implements StatefulJob {

    /** What happens when it is time for a run and the one before is still going. */
    public enum Concurrency {
        /** The new run is skipped. The default. */
        FORBID("Forbid"),
        /** The old run is ended. */
        REPLACE("Replace"),
        /** Both run. */
        ALLOW("Allow");

        private final String text;

        Concurrency(String text) {
            this.text = text;
        }

        /** Return the word that Kubernetes uses. */
        public String text() {
            return text;
        }
    }

    public SqlCron {
        Checks.dnsLabel(name, 40, "job name");
        Checks.between(0, 100, history, "history");
        Checks.wholeSeconds(Duration.ofSeconds(1), deadline, "deadline");
    }

    /** Return a job of this name, every day at midnight UTC; add {@link #sql}. */
    public static SqlCron named(String name) {
        return new SqlCron(name, Schedule.cron("0 0 * * *"), "", 5, Concurrency.FORBID, false, Duration.ofHours(1));
    }

    /** Run at these times: minute, hour, day of month, month, day of week. */
    public SqlCron cron(String fields) {
        return new SqlCron(
                name, new Schedule(fields, schedule.zone()), sql, history, concurrency, destroysData, deadline);
    }

    /** Read the times in this time zone; UTC unless said. */
    public SqlCron zone(String zone) {
        return new SqlCron(name, schedule.zone(zone), sql, history, concurrency, destroysData, deadline);
    }

    /** Run these statements. */
    public SqlCron sql(String statements) {
        return new SqlCron(
                name, schedule, Checks.notBlank(statements, "sql"), history, concurrency, destroysData, deadline);
    }

    /** Keep this many finished runs visible. */
    public SqlCron history(int runs) {
        return new SqlCron(name, schedule, sql, runs, concurrency, destroysData, deadline);
    }

    /** Say what happens while the run before is still going. */
    public SqlCron concurrency(Concurrency policy) {
        return new SqlCron(name, schedule, sql, history, policy, destroysData, deadline);
    }

    /** End a run when it has taken this long; its transaction is rolled back then. While it runs, others are skipped. */
    public SqlCron deadline(Duration limit) {
        return new SqlCron(name, schedule, sql, history, concurrency, destroysData, limit);
    }

    /** Say that the SQL is meant to delete data. */
    public SqlCron destructive() {
        return new SqlCron(name, schedule, sql, history, concurrency, true, deadline);
    }
}
