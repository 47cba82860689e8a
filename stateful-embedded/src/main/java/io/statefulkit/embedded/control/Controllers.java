package io.statefulkit.embedded.control;

import io.statefulkit.embedded.api.Api;
import io.statefulkit.embedded.control.batch.CronJobs;
import io.statefulkit.embedded.control.batch.Jobs;
import io.statefulkit.embedded.control.cleanup.EventExpiry;
import io.statefulkit.embedded.control.cleanup.GarbageCollector;
import io.statefulkit.embedded.control.cleanup.Namespaces;
import io.statefulkit.embedded.control.cleanup.ResourceQuotas;
import io.statefulkit.embedded.control.deployment.Deployments;
import io.statefulkit.embedded.control.deployment.DisruptionBudgets;
import io.statefulkit.embedded.control.deployment.ReplicaSets;
import io.statefulkit.embedded.control.loop.ControlLoop;
import io.statefulkit.embedded.control.loop.Controller;
import io.statefulkit.embedded.control.loop.Timer;
import io.statefulkit.embedded.control.network.EndpointSlices;
import io.statefulkit.embedded.control.network.EndpointsController;
import io.statefulkit.embedded.control.network.ServiceProxies;
import io.statefulkit.embedded.control.scheduling.NodeLifecycle;
import io.statefulkit.embedded.control.scheduling.Scheduler;
import io.statefulkit.embedded.control.stateful.StatefulSets;
import io.statefulkit.embedded.control.volume.ClaimExpansion;
import io.statefulkit.embedded.control.volume.EphemeralVolumes;
import io.statefulkit.embedded.control.volume.LocalPathProvisioner;
import io.statefulkit.embedded.control.volume.VolumeProtection;
import io.statefulkit.embedded.control.volume.Volumes;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/**
 * The controllers of a cluster: everything between the API server and the node. Start it after the API server; close it after
 * the node has stopped its pods and before the API server goes.
 */
public final class Controllers implements AutoCloseable {

    private final Threads threads;
    private final ControlLoop loop;
    private final CronJobs cronJobs;
    private final ServiceProxies proxies;
    private final Scheduler scheduler;

    private Controllers(
            Threads threads, ControlLoop loop, CronJobs cronJobs, ServiceProxies proxies, Scheduler scheduler) {
        this.threads = threads;
        this.loop = loop;
        this.cronJobs = cronJobs;
        this.proxies = proxies;
        this.scheduler = scheduler;
    }

    /**
     * Starts all controllers.
     *
     * @param api where objects are
     * @param clock the time
     * @param volumeRoot the directory under which volumes are provisioned; whoever runs containers must be able to pass
     *     through it
     * @param sizedVolumes whether a volume holds no more than its claim asks for
     */
    public static Controllers start(Api api, Clock clock, Path volumeRoot, boolean sizedVolumes) {
        Threads threads = new Threads(clock);
        LocalPathProvisioner provisioner = new LocalPathProvisioner(api, clock, volumeRoot, sizedVolumes);
        return start(api, clock, threads, threads::at, provisioner);
    }

    /** Starts all controllers with a timer of another time, for tests. */
    static Controllers start(Api api, Clock clock, Timer timer, Path volumeRoot) {
        return start(api, clock, new Threads(clock), timer, new LocalPathProvisioner(api, clock, volumeRoot, false));
    }

    private static Controllers start(
            Api api, Clock clock, Threads threads, Timer timer, LocalPathProvisioner provisioner) {
        ServiceProxies proxies = new ServiceProxies(api, clock);
        CronJobs cronJobs = new CronJobs(api, clock);
        Scheduler scheduler = new Scheduler(api, clock);
        List<Controller> controllers = List.of(
                new Namespaces(api, clock),
                new GarbageCollector(api, clock),
                new EventExpiry(api, clock),
                new StatefulSets(api, clock),
                new Deployments(api, clock),
                new ReplicaSets(api, clock),
                new DisruptionBudgets(api, clock),
                new ResourceQuotas(api, clock),
                new Jobs(api, clock),
                cronJobs,
                new Volumes(api, clock),
                new ClaimExpansion(api, clock),
                provisioner,
                new VolumeProtection(api, clock),
                new EphemeralVolumes(api, clock),
                scheduler,
                new NodeLifecycle(api, clock),
                new EndpointsController(api, clock),
                new EndpointSlices(api, clock),
                proxies);
        ControlLoop loop = new ControlLoop(api, controllers, threads, timer, clock);
        loop.start();
        return new Controllers(threads, loop, cronJobs, proxies, scheduler);
    }

    /**
     * Starts a job of a cron job now, whatever its schedule says.
     *
     * @return the name of the job
     * @throws IllegalArgumentException when there is no such cron job
     */
    public String triggerCronJob(String namespace, String name) {
        return cronJobs.trigger(namespace, name);
    }

    /** Keeps pods from being bound to nodes, and their claims to volumes, until the result is run. */
    public Runnable holdBinding() {
        return scheduler.hold();
    }

    /** Takes note that the clock was moved forward: what is due now happens now. */
    public void timeMoved() {
        threads.timeMoved();
    }

    /** Stops all controllers; waits for what they are doing. Idempotent. */
    @Override
    public void close() {
        loop.close();
        threads.close();
        proxies.close();
    }
}
