package io.statefulkit.deploy.apply;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.statefulkit.deploy.ApplyException;
import io.statefulkit.deploy.DeployOptions;
import io.statefulkit.deploy.StuckException;
import io.statefulkit.deploy.WorkloadRef;
import io.statefulkit.deploy.ready.Outcome;
import io.statefulkit.deploy.ready.Waiting;
import io.statefulkit.deploy.watch.Workload;
import io.statefulkit.deploy.watch.WorkloadState;
import io.statefulkit.deploy.watch.WorkloadWatch;
import io.statefulkit.internal.NotApi;
import io.statefulkit.lint.Finding;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/** Puts the objects of a plan on a cluster and waits until its workload is ready. Immutable and thread-safe. */
@NotApi
public final class Deployer {

    private final KubernetesClient client;
    private final String namespace;
    private final DeployOptions options;

    /**
     * Creates a deployer.
     *
     * @param client the client, which stays open
     * @param namespace where to deploy
     * @param options how to
     */
    public Deployer(KubernetesClient client, String namespace, DeployOptions options) {
        this.client = client;
        this.namespace = namespace;
        this.options = options;
    }

    /**
     * Applies the objects in their order and waits for the workload among them.
     *
     * @throws ApplyException when the cluster refuses, or something is missing or in the way
     * @throws StuckException when it does not become ready
     */
    public Deployed deploy(List<HasMetadata> objects) {
        HasMetadata planned = workload(objects);
        WorkloadRef ref = ref(planned);
        Map<String, String> selector = selector(planned);
        Waiting waiting = new Waiting(client, options.patience(), options.progress());
        if (live(ref).map(Workload::deleting).orElse(false)) {
            try (WorkloadWatch watch = WorkloadWatch.open(client, ref, selector)) {
                waiting.until(watch, "gone, as its deletion asks", Deployer::gone);
            }
        }
        new Preflight(client, namespace, objects, options.adopt()).check();
        List<Finding> immutable = new LiveRules(client, namespace, objects).check(options.allowed());
        if (!immutable.isEmpty()) {
            if (!options.recreate()) {
                throw Recreating.refused(ref, immutable);
            }
            new Recreating(client, ref, waiting).run(selector);
        }
        // No sooner: events count from here on, and what was refused until now was not refused to what is applied.
        try (WorkloadWatch watch = WorkloadWatch.open(client, ref, selector)) {
            new Applier(client, namespace, options).apply(objects);
            long generation = live(ref).map(Workload::generation).orElse(1L);
            WorkloadState ready = waiting.until(watch, "ready", visible(Outcome.ready(generation)));
            options.progress().done(ref, "ready");
            return new Deployed(ref, selector, ready);
        }
    }

    /** What was applied a moment ago may not have come to the watch yet, which is no reason to say that it is not there. */
    private static Function<WorkloadState, Outcome<WorkloadState>> visible(
            Function<WorkloadState, Outcome<WorkloadState>> look) {
        AtomicBoolean seen = new AtomicBoolean();
        return state -> {
            if (state.workload().isPresent()) {
                seen.set(true);
            }
            return seen.get() ? look.apply(state) : new Outcome.Missing<>("its pods are about to be created");
        };
    }

    /**
     * Applies the objects in their order and waits for nothing.
     *
     * @throws ApplyException when the cluster refuses
     */
    public void apply(List<HasMetadata> objects) {
        new Applier(client, namespace, options).apply(objects);
    }

    /**
     * Applies the objects like {@link #apply}, and takes over what nobody but operations of a handle has changed on them.
     *
     * @throws ApplyException when the cluster refuses
     */
    public void applyOverOperations(List<HasMetadata> objects) {
        for (HasMetadata object : objects) {
            try {
                apply(List.of(object));
            } catch (ApplyException e) {
                if (!Refusals.onlyOperations(e)) {
                    throw e;
                }
                new Applier(client, namespace, options.forceConflicts()).apply(List.of(object));
            }
        }
    }

    private static Outcome<WorkloadState> gone(WorkloadState state) {
        return state.workload().isEmpty() && state.pods().isEmpty()
                ? new Outcome.Reached<>(state)
                : new Outcome.Missing<>("the workload before it, or one of its pods, is still there");
    }

    private Optional<Workload> live(WorkloadRef ref) {
        return switch (ref.kind()) {
            case STATEFUL_SET ->
                Optional.ofNullable(client.apps()
                                .statefulSets()
                                .inNamespace(namespace)
                                .withName(ref.name())
                                .get())
                        .map(Workload::of);
            case DEPLOYMENT ->
                Optional.ofNullable(client.apps()
                                .deployments()
                                .inNamespace(namespace)
                                .withName(ref.name())
                                .get())
                        .map(Workload::of);
        };
    }

    private static HasMetadata workload(List<HasMetadata> objects) {
        return objects.stream()
                .filter(object -> object instanceof StatefulSet || object instanceof Deployment)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("objects contain no StatefulSet and no Deployment"));
    }

    private WorkloadRef ref(HasMetadata workload) {
        String name = workload.getMetadata().getName();
        return workload instanceof StatefulSet
                ? WorkloadRef.statefulSet(namespace, name)
                : WorkloadRef.deployment(namespace, name);
    }

    private static Map<String, String> selector(HasMetadata workload) {
        return workload instanceof StatefulSet set
                ? set.getSpec().getSelector().getMatchLabels()
                : ((Deployment) workload).getSpec().getSelector().getMatchLabels();
    }
}
