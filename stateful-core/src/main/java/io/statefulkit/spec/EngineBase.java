package io.statefulkit.spec;

import io.statefulkit.spec.job.BackupCron;
import io.statefulkit.spec.job.SidecarBackup;
import io.statefulkit.spec.pod.Credentials;
import io.statefulkit.spec.storage.Claim;
import java.util.List;
import java.util.Map;

/** What can be said about every engine that this library knows: where its data is, its password, its backups. */
abstract class EngineBase<S> extends WorkloadBase<S> {

    EngineBase(Settings settings) {
        super(settings);
    }

    final S data(Data changed) {
        return copy(settings().data(changed));
    }

    /** Keep the data of each replica on its own volume of this size, for example {@code 10Gi}. */
    public final S withVolumeClaimTemplate(String size) {
        return withVolumeClaimTemplate(Claim.named("data").size(size));
    }

    /** Keep the data of each replica on its own volume, made from this template. */
    public final S withVolumeClaimTemplate(Claim template) {
        Storage storage = settings().storage();
        return storage(storage.shape(Storage.Shape.STATEFUL_SET).claims(List.of(template)));
    }

    /**
     * Run a Deployment of one replica with the Recreate strategy on this claim. A StatefulSet is the better choice for
     * everything new; this is for claims that are there.
     */
    public final S asSingleReplicaDeployment(Claim claim) {
        Storage storage = settings().storage();
        return storage(storage.shape(Storage.Shape.DEPLOYMENT).claims(List.of(claim)));
    }

    /** Keep the data nowhere: every restart starts with an empty database. For tests and caches. */
    public final S withEphemeralStorage() {
        return storage(settings().storage().shape(Storage.Shape.EPHEMERAL).claims(List.of()));
    }

    /** Say that several replicas are meant to be several unrelated databases. */
    public final S independentReplicas() {
        return copy(settings().rollout(settings().rollout().independent(true)));
    }

    /** Take user and password from here; generated unless said. */
    public S withCredentials(Credentials source) {
        return data(settings().data().credentials(source));
    }

    /**
     * Set an option of the server, in the words of its own configuration. Another value replaces the pods: PostgreSQL and MySQL
     * get it as an argument, Redis from a file, of which the pods have a mark.
     */
    public final S withConfig(String key, String value) {
        return data(settings().data().config(merged(settings().data().config(), Map.of(key, value))));
    }

    /** Make dumps in a container beside the server. */
    public final S withSidecarBackup(SidecarBackup backup) {
        return extras(settings().extras().sidecarBackup(backup));
    }

    /** Make dumps on a schedule in a pod of its own. */
    public final S withBackupCron(BackupCron backup) {
        return extras(settings().extras().jobs(added(settings().extras().jobs(), backup)));
    }

    /** Return where user and password come from. */
    public final Credentials credentials() {
        return settings().data().credentials();
    }
}
