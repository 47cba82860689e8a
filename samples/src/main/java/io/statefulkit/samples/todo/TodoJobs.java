package io.statefulkit.samples.todo;

import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.statefulkit.handle.PostgresHandle;
import io.statefulkit.handle.backup.Backup;
import io.statefulkit.handle.job.Cron;
import io.statefulkit.handle.job.CronRun;
import io.statefulkit.handle.job.JobResult;
import io.statefulkit.samples.stage.Stage;
import io.statefulkit.spec.job.CsvImport;
import io.statefulkit.spec.job.SqlCron;
import java.util.List;

/** What is done with the table of the to-do list: chores come in by a Job, a dump is made and proved, a CronJob empties it. */
final class TodoJobs {

    static final CsvImport CHORES = CsvImport.into("todo")
            .columns("task")
            .rows("Feed the cat", "Really feed the cat", "Clean attic", "Procrastinate");

    static final SqlCron TIDY = SqlCron.named("tidy")
            .cron("0 17 * * *")
            .zone("Europe/Berlin")
            .sql("delete from todo")
            .destructive();

    private TodoJobs() {}

    static void tell(Stage stage, PostgresHandle todo) {
        fill(stage, todo);
        dump(stage, todo);
        schedule(stage, todo);
    }

    private static void fill(Stage stage, PostgresHandle todo) {
        stage.act("chores are imported by a Job, exactly once");
        JobResult job = todo.runJob(CHORES);
        stage.check("Job " + job.job() + " says at its end", "COPY 4", last(job.log()));
        todo.deleteJob(job);
        Resource<Job> gone = stage.client()
                .batch()
                .v1()
                .jobs()
                .inNamespace(stage.namespace())
                .withName(job.job());
        stage.check("the Job is there after it was deleted", false, gone.get() != null);
        stage.check(
                "rows that the same import copies once more",
                0L,
                todo.runImport(CHORES).rows());
        stage.check("rows in the table", "5", todo.psql("select count(*) from todo"));
    }

    private static void dump(Stage stage, PostgresHandle todo) {
        stage.act("a dump, and the proof that it is one");
        Backup backup = todo.backupNow();
        stage.say(backup.file() + ", " + backup.bytes() + " bytes");
        stage.check(
                "rows that came back in a server of its own, with the one that says what was imported",
                6L,
                todo.verifyBackup(backup).rows());
    }

    private static void schedule(Stage stage, PostgresHandle todo) {
        stage.act("a CronJob that empties the table each day");
        Cron tidy = todo.schedule(TIDY);
        JobResult now = tidy.runNow();
        stage.check("run " + now.job() + " did not wait for the evening, and says", "DELETE 5", last(now.log()));
        stage.check(
                "runs that are known, and their state",
                List.of("Complete"),
                tidy.runs().stream().map(CronRun::state).toList());
        Resource<CronJob> object = stage.client()
                .batch()
                .v1()
                .cronjobs()
                .inNamespace(stage.namespace())
                .withName(tidy.name());
        tidy.reschedule("0 3 * * *");
        stage.check(
                "when it runs from now on", "0 3 * * *", object.get().getSpec().getSchedule());
        tidy.suspend();
        stage.check("it is suspended", true, tidy.suspended());
        tidy.delete();
        stage.check("it is there after it was deleted", false, object.get() != null);
    }

    private static String last(List<String> log) {
        return log.isEmpty() ? "" : log.get(log.size() - 1);
    }
}
