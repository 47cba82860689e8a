package io.statefulkit;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.statefulkit.deploy.ApplyException;
import io.statefulkit.deploy.DeployOptions;
import io.statefulkit.deploy.Deployed;
import io.statefulkit.deploy.Deployer;
import io.statefulkit.deploy.Patience;
import io.statefulkit.deploy.ProgressListener;
import io.statefulkit.deploy.StuckException;
import io.statefulkit.deploy.Waiting;
import io.statefulkit.deploy.WorkloadRef;
import io.statefulkit.handle.Place;
import io.statefulkit.handle.PostgresHandle;
import io.statefulkit.manifest.Plan;
import io.statefulkit.spec.StatefulPostgres;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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

    private static final String POSTGRES = "postgres";

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

    /** Returns the same that uses claims which are there already, whoever made them. */
    public StatefulKit adoptClaims() {
        return with(options.adoptClaims());
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
     * @throws ApplyException when the cluster refuses it, or something is missing or in the way
     * @throws StuckException when it does not become ready; within seconds if that is no use to wait for
     */
    public PostgresHandle deploy(StatefulPostgres spec) {
        PostgresHandle handle = PostgresHandle.of(deploy(Plan.of(spec)), POSTGRES, Optional.of(spec));
        if (!handle.status().pods().isEmpty()) {
            handle.checkLogin();
        }
        return handle;
    }

    /**
     * Returns a handle of a PostgreSQL server that is there already, whoever deployed it, in this or another process. Jobs
     * of it need what it was deployed from, so they are left to the handle that {@code deploy} returns.
     *
     * @throws NoSuchElementException when there is no StatefulSet of that name, or none with a container {@code postgres}
     */
    public PostgresHandle attach(String name) {
        StatefulSet set = client.apps()
                .statefulSets()
                .inNamespace(namespace)
                .withName(name)
                .get();
        if (set == null) {
            throw new NoSuchElementException("expected a StatefulSet " + namespace + "/" + name
                    + ", but there is none: deploy it, or name another namespace with inNamespace(..)");
        }
        List<Container> containers = set.getSpec().getTemplate().getSpec().getContainers();
        if (containers.stream().noneMatch(one -> one.getName().equals(POSTGRES))) {
            throw new NoSuchElementException(
                    "expected a container " + POSTGRES + " in StatefulSet " + namespace + "/" + name + ", but it has "
                            + containers.stream().map(Container::getName).toList());
        }
        Place place = place(
                WorkloadRef.statefulSet(namespace, name),
                set.getSpec().getSelector().getMatchLabels());
        return PostgresHandle.of(place, POSTGRES, Optional.empty());
    }

    private Place place(WorkloadRef ref, Map<String, String> selector) {
        return new Place(client, ref, selector, new Waiting(client, options.patience(), options.progress()));
    }

    private Place deploy(Plan plan) {
        String where = plan.namespace().orElse(namespace);
        Deployed deployed = new Deployer(client, where, options).deploy(plan.resources());
        return place(deployed.ref(), deployed.selector());
    }
}
