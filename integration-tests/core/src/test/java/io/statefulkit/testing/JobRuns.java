package io.statefulkit.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobList;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.ScalableResource;
import io.statefulkit.deploy.DeployOptions;
import io.statefulkit.deploy.apply.Deployer;
import io.statefulkit.manifest.JobPlan;
import io.statefulkit.spec.StatefulSpec;
import io.statefulkit.spec.job.StatefulJob;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Jobs of one server, as Kubernetes runs them. */
public final class JobRuns {

    private static final Duration LIMIT = Duration.ofMinutes(3);

    private static final Set<String> ENDED = Set.of("Succeeded", "Failed");

    private final StatefulSpec server;
    private final String namespace;

    /** Takes the server that the jobs are clients of. */
    public JobRuns(StatefulSpec server, String namespace) {
        this.server = server;
        this.namespace = namespace;
    }

    /** Runs a job to its end and returns what it wrote. */
    public String run(StatefulJob job) {
        start(job);
        return awaitLog(name(job));
    }

    /** Starts a job. */
    public void start(StatefulJob job) {
        new Deployer(SharedCluster.client(), namespace, DeployOptions.defaults())
                .apply(JobPlan.of(server, job).resources());
    }

    /** Waits until a pod of the job has failed and returns what it wrote. */
    public String awaitFailure(StatefulJob job) {
        return log(awaitPod(name(job), "Failed"));
    }

    /** Deletes a job and waits until its pods are gone. */
    public void delete(StatefulJob job) {
        jobs().withName(name(job)).delete();
        await().atMost(LIMIT).until(() -> pods(name(job)).isEmpty());
    }

    /** Runs a schedule now, as {@code kubectl create job --from} does, and returns what it wrote. */
    public String trigger(String cron) {
        CronJob schedule = SharedCluster.client()
                .batch()
                .v1()
                .cronjobs()
                .inNamespace(namespace)
                .withName(cron)
                .get();
        jobs().resource(new JobBuilder()
                        .withNewMetadata()
                        .withName(cron + "-now")
                        .endMetadata()
                        .withSpec(schedule.getSpec().getJobTemplate().getSpec())
                        .build())
                .create();
        return awaitLog(cron + "-now");
    }

    private String name(StatefulJob job) {
        List<HasMetadata> objects = JobPlan.of(server, job).resources();
        return objects.get(objects.size() - 1).getMetadata().getName();
    }

    private String awaitLog(String job) {
        return log(awaitPod(job, "Succeeded"));
    }

    private Pod awaitPod(String job, String phase) {
        Pod pod = await().atMost(LIMIT)
                .until(
                        () -> pods(job).stream()
                                .filter(one -> ENDED.contains(one.getStatus().getPhase()))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
        assertThat(pod.getStatus().getPhase()).as(log(pod)).isEqualTo(phase);
        return pod;
    }

    private List<Pod> pods(String job) {
        return SharedCluster.client()
                .pods()
                .inNamespace(namespace)
                .withLabel("job-name", job)
                .list()
                .getItems();
    }

    private NonNamespaceOperation<Job, JobList, ScalableResource<Job>> jobs() {
        return SharedCluster.client().batch().v1().jobs().inNamespace(namespace);
    }

    private String log(Pod pod) {
        return SharedCluster.client()
                .pods()
                .inNamespace(namespace)
                .withName(pod.getMetadata().getName())
                .inContainer(pod.getSpec().getContainers().get(0).getName())
                .getLog();
    }
}
