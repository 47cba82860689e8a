package io.statefulkit.embedded.control.batch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Failure;
import io.statefulkit.embedded.api.ResourceCatalog;
import io.statefulkit.embedded.api.ResourceType;
import io.statefulkit.embedded.control.loop.Cluster;
import io.statefulkit.embedded.control.loop.Resource;
import io.statefulkit.embedded.control.loop.Trees;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
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
    private final NewJobPod template;
    private Optional<Duration> again = Optional.empty();

    /** Whether new pods must wait; Kubernetes says then that none is active, even when others run. */
    private boolean waits;

    private Backoff backoff;

    JobPass(Cluster cluster, Resource job, List<Resource> pods, Backoff backoff) {
        this.cluster = cluster;
        this.job = job;
        this.spec = new JobSpec(job);
        this.pods = new JobPods(spec, pods);
        this.plan = new JobPlan(spec, this.pods, backoff, cluster.now());
        this.backoff = backoff;
        this.template = new NewJobPod(spec, plan.failures());
        this.status = new JobStatus(job.status(), cluster.now());
    }

    Optional<Duration> run() {
        if (!status.started() && !spec.suspended()) {
            status.start();
            spec.activeDeadline().ifPresent(this::lookAgain);
        }
        plan.endings().deadlineIn().filter(left -> !left.isNegative()).ifPresent(this::lookAgain);
        Optional<JobEnding> ending = plan.endings().ending();
        int active = pods.active().size();
        List<Resource> stopped = List.of();
        Optional<Failure> failure = Optional.empty();
        if (ending.isPresent()) {
            status.set(
                    ending.get().interim(),
                    true,
                    ending.get().reason(),
                    ending.get().message());
            stopped = pods.active();
            if (ending.get().equals(JobEnding.COMPLETE)) {
                withdraw(stopped);
            } else {
                delete(stopped);
            }
        } else if (spec.suspended()) {
            stopped = pods.active();
            suspend();
        } else {
            resume();
            stopped = plan.surplus();
            withdraw(stopped);
            List<Resource> created = new ArrayList<>();
            failure = create(created);
            active += created.size();
        }
        int terminating = pods.terminating() + stopped.size();
        int stoppedReady = (int) stopped.stream().filter(pod -> pod.is("Ready")).count();
        status.count(waits ? 0 : active - stopped.size(), pods.ready() - stoppedReady, terminating);
        count(ending);
        ending.filter(end -> terminating == 0).ifPresent(this::end);
        write();
        if (failure.isPresent()) {
            throw failure.get();
        }
        return again;
    }

    /** What the next pass has to know of failures that were counted. */
    Backoff backoff() {
        return backoff;
    }

    /** Takes note of ended pods first and lets them go then, so that none is counted twice or never. */
    private void count(Optional<JobEnding> ending) {
        List<Resource> succeeded = pods.newlySucceeded();
        List<Resource> let = Stream.concat(succeeded.stream(), pods.newlyFailed().stream())
                .collect(Collectors.toCollection(ArrayList::new));
        List<Resource> failed = new ArrayList<>(plan.progress().newlyFailed());
        if (ending.isEmpty()) {
            List<Resource> held = plan.indexes().held();
            let.removeAll(held);
            failed.removeAll(held);
        } else {
            // Those that are stopped as the job fails have failed, too; those of a job that succeeded are not counted.
            pods.pods().stream()
                    .filter(pod -> pod.hasFinalizer(JobSpec.FINALIZER) && !let.contains(pod))
                    .forEach(pod -> {
                        let.add(pod);
                        if (!ending.get().success() && plan.progress().counts(pod)) {
                            failed.add(pod);
                        }
                    });
        }
        if (!let.isEmpty()) {
            if (spec.indexed()) {
                // An index says that it was counted: who did it need not be written down.
                status.succeeded(
                        plan.progress().succeeded(),
                        Indexes.format(plan.progress().completed()));
            }
            status.uncounted(spec.indexed() ? List.of() : succeeded, failed);
            write();
            let.forEach(pod -> cluster.edit(PODS, pod, it -> Trees.removeFinalizer(it, JobSpec.FINALIZER)));
        }
        backoff = plan.failuresInARow();
        int before = plan.progress().failed() - plan.progress().newlyFailed().size();
        status.counted(
                plan.progress().succeeded(),
                before + failed.size(),
                Indexes.format(plan.progress().completed()));
        if (spec.backoffLimitPerIndex().isPresent()) {
            status.failedIndexes(Indexes.format(plan.progress().failedIndexes()));
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

    private void suspend() {
        withdraw(pods.active());
        if (status.set("Suspended", true, "JobSuspended", "Job suspended")) {
            cluster.events().normal(job, "Suspended", "Job suspended");
        }
        status.stop();
    }

    private void resume() {
        if (status.is("Suspended") && status.set("Suspended", false, "JobResumed", "Job resumed")) {
            status.start();
            cluster.events().normal(job, "Resumed", "Job resumed");
        }
    }

    /** Deletes pods that nobody needs: they do not count as failed. */
    private void withdraw(List<Resource> surplus) {
        surplus.forEach(pod -> cluster.edit(PODS, pod, it -> Trees.removeFinalizer(it, JobSpec.FINALIZER)));
        delete(surplus);
    }

    private void delete(List<Resource> surplus) {
        for (Resource pod : surplus) {
            if (cluster.delete(PODS, pod)) {
                cluster.events().normal(job, "SuccessfulDelete", "Deleted pod: " + pod.name());
            }
        }
    }

    private Optional<Failure> create(List<Resource> created) {
        int missing = plan.missing();
        Duration pause = missing > 0 ? plan.backoff() : Duration.ZERO;
        if (missing == 0) {
            return Optional.empty();
        }
        if (!pause.isZero()) {
            waits = true;
            lookAgain(pause);
            return Optional.empty();
        }
        try {
            if (spec.indexed()) {
                List<Integer> free = plan.indexes().free(missing);
                waits = free.isEmpty() && plan.indexes().nextIn().isPresent();
                for (int index : free) {
                    created.add(create(template.of(index)));
                }
                plan.indexes().nextIn().ifPresent(this::lookAgain);
            } else {
                for (int i = 0; i < missing; i++) {
                    created.add(create(template.any()));
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
