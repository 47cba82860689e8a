package io.statefulkit.embedded.control.batch;

import io.statefulkit.embedded.api.Api;
import io.statefulkit.embedded.api.ResourceCatalog;
import io.statefulkit.embedded.api.ResourceType;
import io.statefulkit.embedded.control.loop.Change;
import io.statefulkit.embedded.control.loop.Cluster;
import io.statefulkit.embedded.control.loop.Controller;
import io.statefulkit.embedded.control.loop.Key;
import io.statefulkit.embedded.control.loop.Owned;
import io.statefulkit.embedded.control.loop.Ownership;
import io.statefulkit.embedded.control.loop.Resource;
import io.statefulkit.embedded.control.loop.Selector;
import io.statefulkit.embedded.control.loop.Times;
import io.statefulkit.embedded.control.loop.Trees;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Runs jobs to their end, and deletes them when their time to live after it is over. */
public final class Jobs implements Controller {

    private static final ResourceType JOBS = ResourceCatalog.JOBS;
    private static final ResourceType PODS = ResourceCatalog.PODS;
    private static final String MANAGER = "kubernetes.io/job-controller";

    private final Cluster cluster;
    private final Ownership ownership;
    private final Owned owned = new Owned("Job");
    private final Map<Key, Backoff> backoffs = new ConcurrentHashMap<>();

    /** Makes the controller. */
    public Jobs(Api api, Clock clock) {
        this.cluster = new Cluster(api, clock, name());
        this.ownership = new Ownership(cluster, JOBS, Optional.of(JobSpec.FINALIZER));
    }

    @Override
    public String name() {
        return "job-controller";
    }

    @Override
    public Set<ResourceType> watches() {
        return Set.of(JOBS, PODS);
    }

    @Override
    public void changed(Change change, Consumer<Key> queue) {
        owned.changed(change, queue);
    }

    @Override
    public Optional<Duration> reconcile(Key key) {
        Optional<Resource> found = cluster.find(JOBS, key);
        if (found.filter(Jobs::managedElsewhere).isPresent()) {
            return Optional.empty();
        }
        if (found.filter(job -> !finished(job)).isEmpty()) {
            backoffs.remove(key);
        }
        if (found.isEmpty() || found.get().deleting()) {
            releaseOrphans(key, found);
        }
        return found.flatMap(this::sync);
    }

    private static boolean managedElsewhere(Resource job) {
        return !job.spec().path("managedBy").asText(MANAGER).equals(MANAGER);
    }

    private Optional<Duration> sync(Resource job) {
        List<Resource> pods = ownership.claim(
                job,
                PODS,
                cluster.list(PODS, job.namespace()),
                pod -> Selector.matches(job.spec().path("selector"), pod));
        if (finished(job) || job.deleting()) {
            pods.forEach(this::release);
            return job.deleting() ? Optional.empty() : expire(job);
        }
        return run(job, pods);
    }

    private Optional<Duration> run(Resource job, List<Resource> pods) {
        Backoff before = Optional.ofNullable(backoffs.get(job.key()))
                .filter(known -> known.job().equals(job.uid()))
                .orElse(Backoff.none(job.uid()));
        JobPass pass = new JobPass(cluster, job, pods, before);
        try {
            return pass.run();
        } finally {
            backoffs.put(job.key(), pass.backoff());
        }
    }

    static boolean finished(Resource job) {
        return job.is("Complete") || job.is("Failed");
    }

    private Optional<Duration> expire(Resource job) {
        Optional<Duration> ttl = new JobSpec(job).ttl();
        if (ttl.isEmpty()) {
            return Optional.empty();
        }
        String end = job.condition(job.is("Complete") ? "Complete" : "Failed")
                .path("lastTransitionTime")
                .asText("");
        Duration left = Duration.between(cluster.now(), Times.parse(end).plus(ttl.get()));
        if (left.isNegative() || left.isZero()) {
            cluster.delete(JOBS, job, "Foreground");
            return Optional.empty();
        }
        return Optional.of(left);
    }

    /**
     * Pods must be able to go although nobody counts them any more: those of a job that is gone, and those that have lost
     * their owner because the job was deleted without them.
     */
    private void releaseOrphans(Key key, Optional<Resource> job) {
        cluster.list(PODS, key.namespace()).stream()
                .filter(pod -> pod.controller()
                        .map(owner -> job.isEmpty()
                                && owner.kind().equals("Job")
                                && owner.name().equals(key.name()))
                        .orElse(true))
                .forEach(this::release);
    }

    private void release(Resource pod) {
        if (pod.hasFinalizer(JobSpec.FINALIZER)) {
            cluster.edit(PODS, pod, current -> Trees.removeFinalizer(current, JobSpec.FINALIZER));
        }
    }
}
