package io.statefulkit.handle;

import io.statefulkit.handle.backup.Backup;
import io.statefulkit.handle.backup.BackupException;
import io.statefulkit.handle.backup.Dumps;
import io.statefulkit.handle.backup.Restored;
import io.statefulkit.handle.backup.Verified;
import io.statefulkit.handle.connection.Server;
import io.statefulkit.handle.job.JobFailedException;
import io.statefulkit.handle.job.JobResult;
import io.statefulkit.handle.job.SqlJobs;
import io.statefulkit.spec.StatefulSpec;
import io.statefulkit.spec.job.StatefulJob;
import java.util.List;
import java.util.NoSuchElementException;

/** A server whose data a backup sidecar dumps, and what can be done with the dumps. */
public sealed interface DumpedHandle extends Handle permits PostgresHandle, RedisHandle, MySqlHandle {

    /**
     * Returns the dumps that the backup sidecar keeps, the latest last; unfinished ones are not among them.
     * While the sidecar does not run, a short-lived pod reads what is in their volume.
     *
     * @throws NoSuchElementException when the workload has no backup sidecar
     */
    default List<Backup> backups() {
        return dumps().list();
    }

    /**
     * Makes a dump now, in the sidecar, beside the scheduled ones.
     *
     * @throws BackupException when it fails; older dumps stay
     */
    default Backup backupNow() {
        return dumps().now();
    }

    /**
     * Proves that a dump can be restored: restores it into a server that is started for it, in a pod of its own with a
     * directory of its own for the data, and counts what is there, also while the workload is stopped. Nothing is left of it.
     *
     * @throws BackupException when it cannot be restored
     */
    default Verified verifyBackup(Backup backup) {
        return dumps().verify(backup);
    }

    /**
     * Runs something once as a job of the cluster and waits for its end: rows to import, SQL, or a dump onto a claim of its
     * own. It goes on when this program ends. A job that is there already is not run again: further calls return what it did,
     * for an hour after its end, or until {@link #deleteJob}. Rows come in once all the same: the job finds their mark.
     *
     * @throws JobFailedException when it fails
     * @throws IllegalArgumentException when it is a schedule, or this server cannot do it
     * @throws IllegalStateException when it is not known what the workload was deployed from
     */
    default JobResult runJob(StatefulJob job) {
        return new SqlJobs(place()).run(place().spec(StatefulSpec.class), job);
    }

    /** Deletes a job, its pods and their logs, and waits until they are gone; nothing happens when there is none. */
    default void deleteJob(JobResult job) {
        new SqlJobs(place()).delete(job.job());
    }

    private Dumps dumps() {
        Server server = new Server(place(), container());
        if (this instanceof PostgresHandle) {
            return Dumps.ofPostgres(server);
        }
        return this instanceof RedisHandle ? Dumps.ofRedis(server) : Dumps.ofMySql(server);
    }

    /**
     * Puts a dump in the place of the data; what was there before stays until {@link Restored#dropOld()}.
     *
     * @throws BackupException when the dump cannot be restored; the data is as it was
     */
    Restored restore(Backup backup);
}
