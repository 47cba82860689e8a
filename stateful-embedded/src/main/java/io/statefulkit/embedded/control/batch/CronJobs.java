package io.statefulkit.embedded.control.batch;

import io.statefulkit.embedded.api.Api;
import io.statefulkit.embedded.api.ResourceCatalog;
import io.statefulkit.embedded.api.ResourceType;
import io.statefulkit.embedded.control.loop.Change;
import io.statefulkit.embedded.control.loop.Cluster;
import io.statefulkit.embedded.control.loop.Controller;
import io.statefulkit.embedded.control.loop.Key;
import io.statefulkit.embedded.control.loop.Owned;
import io.statefulkit.embedded.control.loop.Resource;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Starts jobs when their schedule says so. */
public final class CronJobs implements Controller {

    private static final ResourceType CRON_JOBS = ResourceCatalog.CRON_JOBS;
    private static final ResourceType JOBS = ResourceCatalog.JOBS;

    private final Cluster cluster;
    private final Owned owned = new Owned("CronJob");

    /** Makes the controller. */
    public CronJobs(Api api, Clock clock) {
        this.cluster = new Cluster(api, clock, name());
    }

    @Override
    public String name() {
        return "cronjob-controller";
    }

    @Override
    public Set<ResourceType> watches() {
        return Set.of(CRON_JOBS, JOBS);
    }

    @Override
    public void changed(Change change, Consumer<Key> queue) {
        owned.changed(change, queue);
    }

    @Override
    public Optional<Duration> reconcile(Key key) {
        return cluster.find(CRON_JOBS, key).flatMap(cronJob -> new CronPass(cluster, cronJob, jobs(cronJob)).run());
    }

    /**
     * Starts a job of a cron job now, whatever its schedule says.
     *
     * @return the name of the job
     * @throws IllegalArgumentException when there is no such cron job
     */
    public String trigger(String namespace, String name) {
        Resource cronJob = cluster.find(CRON_JOBS, namespace, name)
                .orElseThrow(() ->
                        new IllegalArgumentException("there is no CronJob " + name + " in namespace " + namespace));
        return new CronPass(cluster, cronJob, jobs(cronJob)).trigger().name();
    }

    private List<Resource> jobs(Resource cronJob) {
        return cluster.list(JOBS, cronJob.namespace()).stream()
                .filter(job -> job.controlledBy(cronJob.uid()))
                .toList();
    }
}
