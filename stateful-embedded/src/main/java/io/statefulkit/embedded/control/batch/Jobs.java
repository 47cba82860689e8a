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
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Runs jobs to their end, and deletes them when their time to live after it is over. */
public final class Jobs implements Controller {

    private static final ResourceType JOBS = ResourceCatalog.JOBS;
    private static final ResourceType PODS = ResourceCatalog.PODS;

    private final Cluster cluster;
    private final Ownership ownership;
    private final Owned owned = new Owned("Job");

    /** Makes the controller. */
    public Jobs(Api api, Clock clock) {
        this.cluster = new Cluster(api, clock, name());
        this.ownership = new Ownership(cluster, JOBS);
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
        if (found.isEmpty()) {
            releaseOrphans(key);
            return Optional.empty();
        }
        return sync(found.get());
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
        return new JobPass(cluster, job, pods).run();
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

    /** Pods must be able to go although nobody counts them any more. */
    private void releaseOrphans(Key job) {
        cluster.list(PODS, job.namespace()).stream()
                .filter(pod -> pod.controller()
                        .filter(owner ->
                                owner.kind().equals("Job") && owner.name().equals(job.name()))
                        .isPresent())
                .forEach(this::release);
    }

    private void release(Resource pod) {
        if (pod.hasFinalizer(JobSpec.FINALIZER)) {
            cluster.edit(PODS, pod, current -> Trees.removeFinalizer(current, JobSpec.FINALIZER));
        }
    }
}
