package io.statefulkit;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.statefulkit.deploy.ApplyException;
import io.statefulkit.deploy.DeployOptions;
import io.statefulkit.deploy.Patience;
import io.statefulkit.deploy.ProgressListener;
import io.statefulkit.deploy.StuckException;
import io.statefulkit.deploy.apply.ClaimNotes;
import io.statefulkit.deploy.apply.Deployed;
import io.statefulkit.deploy.apply.Deployer;
import io.statefulkit.deploy.apply.ServerDryRun;
import io.statefulkit.deploy.ready.Waiting;
import io.statefulkit.handle.Handle;
import io.statefulkit.handle.MySqlHandle;
import io.statefulkit.handle.PostgresHandle;
import io.statefulkit.handle.RedisHandle;
import io.statefulkit.handle.WorkloadHandle;
import io.statefulkit.handle.connection.ExecException;
import io.statefulkit.handle.connection.LoginRefusedException;
import io.statefulkit.handle.place.Place;
import io.statefulkit.handle.volume.OrphanedVolume;
import io.statefulkit.handle.volume.Volumes;
import io.statefulkit.lint.SpecInvalidException;
import io.statefulkit.manifest.Plan;
import io.statefulkit.manifest.PlanDiff;
import io.statefulkit.spec.StatefulMySql;
import io.statefulkit.spec.StatefulPostgres;
import io.statefulkit.spec.StatefulRedis;
import io.statefulkit.spec.StatefulSpec;
import io.statefulkit.spec.StatefulWorkload;
import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;

/**
 * Where everything starts: puts stateful workloads on a cluster and returns handles to operate them.
 *
 * <pre>{@code
 * PostgresHandle db = StatefulKit.on(client).inNamespace("shop").deploy(
 *         StatefulPostgres.named("orders").withImage("postgres:17.6-bookworm").withVolumeClaimTemplate("10Gi"));
 * db.deletePod(0).awaitReplacement();
 * }</pre>
 *
 * <p>Immutable and safe for use by many threads. It does not close the client.
 */
public final class StatefulKit {

    private final KubernetesClient client;
    private final String namespace;
    private final DeployOptions options;

    private StatefulKit(KubernetesClient client, String namespace, DeployOptions options) {
        this.client = client;
        this.namespace = namespace;
        this.options = options;
    }

    /** Returns a kit for a cluster, in the namespace of the client's configuration, else in {@code default}. */
    public static StatefulKit on(KubernetesClient client) {
        String namespace = Objects.requireNonNullElse(client.getNamespace(), "default");
        return new StatefulKit(client, namespace, DeployOptions.defaults());
    }

    /** Returns the same for another namespace, which has to exist. */
    public StatefulKit inNamespace(String other) {
        return new StatefulKit(client, other, options);
    }

    /** Returns the same that waits at most so long for each operation; five minutes unless said otherwise. */
    public StatefulKit withTimeout(Duration timeout) {
        return with(options.with(options.patience().withTimeout(timeout)));
    }

    /** Returns the same with another patience. */
    public StatefulKit withPatience(Patience patience) {
        return with(options.with(patience));
    }

    /** Returns the same that tells what it does. */
    public StatefulKit withProgress(ProgressListener progress) {
        return with(options.with(progress));
    }

    /** Returns the same that takes over fields which somebody else owns, instead of refusing to deploy. */
    public StatefulKit forceConflicts() {
        return with(options.forceConflicts());
    }

    /**
     * Returns the same that uses claims which are there already, whoever made them. Those that a Deployment describes with {@code
     * Claim.named} are its own from then on, and go with its data; {@code Claim.existing} leaves a claim as it is.
     */
    public StatefulKit adoptClaims() {
        return with(options.adoptClaims());
    }

    /**
     * Returns the same that replaces a StatefulSet where a change cannot be made in place: other claim templates, another
     * Service name, another order of pods, other selectors. Its pods run on and are adopted (with other selectors they are
     * stopped first); claims are kept.
     */
    public StatefulKit recreate() {
        return with(options.recreating());
    }

    private StatefulKit with(DeployOptions other) {
        return new StatefulKit(client, namespace, other);
    }

    /** Returns the client. */
    public KubernetesClient client() {
        return client;
    }

    /** Returns the namespace. */
    public String namespace() {
        return namespace;
    }

    /**
     * Deploys a PostgreSQL server, or changes the one of that name, and waits until it is ready and lets us in.
     *
     * @throws SpecInvalidException when the rules refuse the spec; nothing has been sent to the cluster then
     * @throws ApplyException when the cluster refuses it, or something is missing or in the way
     * @throws StuckException when it does not become ready; within seconds if that is no use to wait for
     * @throws LoginRefusedException when it is ready, but its volume knows another password than its Secret
     * @throws ExecException when it is ready, but has not judged the login, as when it has no connection left
     */
    public PostgresHandle deploy(StatefulPostgres spec) {
        PostgresHandle handle = PostgresHandle.of(place(spec), "postgres");
        if (hasPods(handle)) {
            handle.checkLogin();
        }
        return handle;
    }

    /** Deploys a Redis or Valkey server, like {@link #deploy(StatefulPostgres)}. */
    public RedisHandle deploy(StatefulRedis spec) {
        RedisHandle handle = RedisHandle.of(place(spec), "redis");
        if (hasPods(handle)) {
            handle.checkLogin();
        }
        return handle;
    }

    /** Deploys a MySQL or MariaDB server, like {@link #deploy(StatefulPostgres)}. */
    public MySqlHandle deploy(StatefulMySql spec) {
        MySqlHandle handle = MySqlHandle.of(place(spec), spec.mariaDb() ? "mariadb" : "mysql");
        if (hasPods(handle)) {
            handle.checkLogin();
        }
        return handle;
    }

    /** Deploys a workload of any image, like {@link #deploy(StatefulPostgres)}; ready is what its probe says, and nobody logs in. */
    public WorkloadHandle deploy(StatefulWorkload spec) {
        return WorkloadHandle.of(place(spec), spec.name());
    }

    private static boolean hasPods(Handle handle) {
        return !handle.status().pods().isEmpty();
    }

    /**
     * Returns a handle of a PostgreSQL server that is there already; the same as {@code attach(name, PostgresHandle.class)}.
     *
     * @throws NoSuchElementException when there is no workload of that name, or none with a container {@code postgres}
     */
    public PostgresHandle attach(String name) {
        return attach(name, PostgresHandle.class);
    }

    /**
     * Returns a handle of a workload that is there already, a StatefulSet or a Deployment, whoever deployed it, in this or
     * another process. Jobs of it need what it was deployed from, so they are left to the handle that {@code deploy} returns.
     *
     * @param name the name of the workload
     * @param kind what it is, for example {@code RedisHandle.class}
     * @throws NoSuchElementException when there is no workload of that name, or it has no container of such a server
     */
    public <H extends Handle> H attach(String name, Class<H> kind) {
        return new Attaching(client, namespace, waiting()).find(name, kind);
    }

    /**
     * Returns what deploying this would change, without changing anything: the API server is asked by a server-side dry
     * run, object by object. Values of Secrets are not shown.
     *
     * @throws SpecInvalidException if the rules refuse the spec
     */
    public PlanDiff diff(StatefulSpec spec) {
        Plan plan = Plan.of(spec);
        String where = plan.namespace().orElse(namespace);
        return plan.diff(new ServerDryRun(client, where, options, plan.resources()));
    }

    /**
     * Returns storage of the namespace that nobody uses: claims without a pod, and volumes whose claim is gone. Nothing is
     * changed.
     */
    public List<OrphanedVolume> orphanedVolumes() {
        return volumes().orphaned();
    }

    /**
     * Makes a volume whose claim is gone available for the next claim that fits, with the data that is on it, and waits until it is;
     * as long as for each operation.
     *
     * @throws IllegalStateException when the volume is not {@code Released}
     */
    public void reclaim(String volume) {
        volumes().reclaim(volume);
    }

    private Volumes volumes() {
        return new Volumes(client, namespace, options.patience().timeout());
    }

    private Waiting waiting() {
        return new Waiting(client, options.patience(), options.progress());
    }

    private Place place(StatefulSpec spec) {
        Plan plan = Plan.of(spec);
        String where = plan.namespace().orElse(namespace);
        DeployOptions allowing = options.allowing(spec.settings().extras().allowed());
        Deployed deployed = new Deployer(client, where, allowing).deploy(plan.resources());
        new ClaimNotes(client, where).write(spec);
        return new Place(client, deployed.ref(), deployed.selector(), waiting(), Optional.of(spec));
    }
}
