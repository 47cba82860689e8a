package io.statefulkit.embedded.control.batch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Failure;
import io.statefulkit.embedded.api.ResourceCatalog;
import io.statefulkit.embedded.api.ResourceType;
import io.statefulkit.embedded.control.loop.Cluster;
import io.statefulkit.embedded.control.loop.Pods;
import io.statefulkit.embedded.control.loop.Resource;
import io.statefulkit.embedded.control.loop.Trees;
import io.statefulkit.embedded.json.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** One pass over a job that has not ended. */
final class JobPass {

    private static final ResourceType PODS = ResourceCatalog.PODS;

    private final Cluster cluster;
    private final JobSpec spec;
    private final Resource job;
    private final JobPods pods;
    private final JobPlan plan;
    private final JobStatus status;
    private Optional<Duration> again = Optional.empty();

    JobPass(Cluster cluster, Resource job, List<Resource> pods) {
        this.cluster = cluster;
        this.job = job;
        this.spec = new JobSpec(job);
        this.pods = new JobPods(spec, pods);
        this.plan = new JobPlan(spec, this.pods, cluster.now());
        this.status = new JobStatus(job.status(), cluster.now());
    }

    Optional<Duration> run() {
        if (!status.started() && !spec.suspended()) {
            status.start();
            spec.activeDeadline().ifPresent(this::lookAgain);
        }
        plan.deadlineIn().filter(left -> !left.isNegative()).ifPresent(this::lookAgain);
        Optional<JobEnding> ending = plan.ending();
        int active = pods.active().size();
        Optional<Failure> failure = Optional.empty();
        if (ending.isPresent()) {
            status.set(
                    ending.get().interim(),
                    true,
                    ending.get().reason(),
                    ending.get().message());
            active -= delete(pods.active());
        } else if (spec.suspended()) {
            active -= suspend();
        } else {
            resume();
            active -= withdraw(plan.surplus());
            List<Resource> created = new ArrayList<>();
            failure = create(created);
            active += created.size();
        }
        int terminating = pods.terminating() + Math.max(0, pods.active().size() - active);
        status.count(active, pods.ready(), terminating);
        count();
        ending.filter(end -> terminating == 0).ifPresent(this::end);
        write();
        if (failure.isPresent()) {
            throw failure.get();
        }
        return again;
    }

    /** Takes note of ended pods first and lets them go then, so that none is counted twice or never. */
    private void count() {
        List<Resource> succeeded = pods.newlySucceeded();
        List<Resource> failed = pods.newlyFailed();
        if (!succeeded.isEmpty() || !failed.isEmpty()) {
            status.uncounted(succeeded, plan.newlyFailed());
            write();
            Stream.concat(succeeded.stream(), failed.stream())
                    .forEach(pod -> cluster.edit(PODS, pod, it -> Trees.removeFinalizer(it, JobSpec.FINALIZER)));
        }
        status.counted(plan.succeeded(), plan.failed(), Indexes.format(plan.completed()));
        if (spec.backoffLimitPerIndex().isPresent()) {
            status.failedIndexes(Indexes.format(plan.failedIndexes()));
        }
    }

    private void end(JobEnding ending) {
        if (!status.set(ending.terminal(), true, ending.reason(), ending.message())) {
            return;
        }
        status.finish(ending.success());
        write();
        if (ending.success()) {
            cluster.events().normal(job, "Completed", "Job completed");
        } else {
            cluster.events().warning(job, ending.reason(), ending.message());
        }
    }

    private int suspend() {
        int deleted = withdraw(pods.active());
        if (status.set("Suspended", true, "JobSuspended", "Job suspended")) {
            cluster.events().normal(job, "Suspended", "Job suspended");
        }
        status.stop();
        return deleted;
    }

    private void resume() {
        if (status.is("Suspended") && status.set("Suspended", false, "JobResumed", "Job resumed")) {
            status.start();
            cluster.events().normal(job, "Resumed", "Job resumed");
        }
    }

    /** Deletes pods that nobody needs: they do not count as failed. */
    private int withdraw(List<Resource> surplus) {
        surplus.forEach(pod -> cluster.edit(PODS, pod, it -> Trees.removeFinalizer(it, JobSpec.FINALIZER)));
        return delete(surplus);
    }

    private int delete(List<Resource> surplus) {
        int deleted = 0;
        for (Resource pod : surplus) {
            if (cluster.delete(PODS, pod)) {
                cluster.events().normal(job, "SuccessfulDelete", "Deleted pod: " + pod.name());
            }
            deleted++;
        }
        return deleted;
    }

    private Optional<Failure> create(List<Resource> created) {
        int missing = plan.missing();
        Duration backoff = missing > 0 ? plan.backoff() : Duration.ZERO;
        if (missing == 0) {
            return Optional.empty();
        }
        if (!backoff.isZero()) {
            lookAgain(backoff);
            return Optional.empty();
        }
        try {
            if (spec.indexed()) {
                for (int index : plan.freeIndexes(missing)) {
                    created.add(create(indexed(index)));
                }
                plan.nextIndexIn().ifPresent(this::lookAgain);
            } else {
                for (int i = 0; i < missing; i++) {
                    created.add(create(pod(job.name() + "-")));
                }
            }
            return Optional.empty();
        } catch (Failure e) {
            cluster.events().warning(job, "FailedCreate", "Error creating: " + e.getMessage());
            return Optional.of(e);
        }
    }

    private Resource create(ObjectNode pod) {
        Resource created = cluster.create(PODS, job.namespace(), pod);
        cluster.events().normal(job, "SuccessfulCreate", "Created pod: " + created.name());
        return created;
    }

    private ObjectNode pod(String generateName) {
        ObjectNode pod = Pods.of(job.spec().path("template"), job);
        ObjectNode metadata = Json.child(pod, "metadata");
        metadata.put("generateName", generateName);
        metadata.withArray("finalizers").add(JobSpec.FINALIZER);
        return pod;
    }

    private ObjectNode indexed(int index) {
        ObjectNode pod = pod(job.name() + "-" + index + "-");
        Trees.annotate(pod, JobSpec.INDEX, Integer.toString(index));
        Json.child(Json.child(pod, "metadata"), "labels").put(JobSpec.INDEX, Integer.toString(index));
        if (spec.backoffLimitPerIndex().isPresent()) {
            Trees.annotate(
                    pod, IndexFailures.COUNT, Integer.toString(plan.failures().count(index)));
            int ignored = plan.failures().ignored(index);
            if (ignored > 0) {
                Trees.annotate(pod, IndexFailures.IGNORED, Integer.toString(ignored));
            }
        }
        ObjectNode podSpec = Json.child(pod, "spec");
        podSpec.put("hostname", job.name() + "-" + index);
        for (String list : new String[] {"initContainers", "containers"}) {
            for (ObjectNode container : Json.objects(podSpec, list)) {
                container
                        .withArray("env")
                        .addObject()
                        .put("name", "JOB_COMPLETION_INDEX")
                        .putObject("valueFrom")
                        .putObject("fieldRef")
                        .put("apiVersion", "v1")
                        .put("fieldPath", "metadata.labels['" + JobSpec.INDEX + "']");
            }
        }
        return pod;
    }

    private void lookAgain(Duration delay) {
        if (again.isEmpty() || again.get().compareTo(delay) > 0) {
            again = Optional.of(delay.isZero() ? Duration.ofMillis(1) : delay);
        }
    }

    private void write() {
        ObjectNode json = status.json();
        cluster.editStatus(ResourceCatalog.JOBS, job, current -> current.set("status", json));
    }
}
