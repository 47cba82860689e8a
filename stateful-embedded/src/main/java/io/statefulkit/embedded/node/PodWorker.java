package io.statefulkit.embedded.node;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.LifecycleHandler;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Probe;
import io.statefulkit.embedded.image.Image;
import io.statefulkit.embedded.image.ImageUnavailableException;
import io.statefulkit.embedded.node.log.ContainerLog;
import io.statefulkit.embedded.node.probe.ProbeResult;
import io.statefulkit.embedded.node.process.Workspace;
import io.statefulkit.embedded.node.status.ContainerState.Terminated;
import io.statefulkit.embedded.node.status.ContainerState.Waiting;
import io.statefulkit.embedded.node.status.PodPlan;
import io.statefulkit.embedded.node.status.PodRecord;
import io.statefulkit.embedded.node.status.Role;
import io.statefulkit.embedded.node.status.Times;
import io.statefulkit.embedded.node.volume.ConfigException;
import io.statefulkit.embedded.node.volume.Volumes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs one pod: everything about it happens on one serial executor, one step after the other. */
final class PodWorker {

    private static final Logger LOG = LoggerFactory.getLogger(PodWorker.class);
    private static final long RETRY_MILLIS = 500;
    private static final Duration FLOOR = Duration.ofSeconds(2);

    private final Services services;
    private final Serial serial;
    private final PodEvents events;
    private final StatusWriter status;
    private final Path directory;
    private final Volumes volumes;
    private final Runnable onEnd;
    private final Map<String, PodContainer> containers = new LinkedHashMap<>();
    private final Instant startTime;
    private volatile Pod pod;
    private volatile String podIp = "";
    private boolean sandbox;
    private boolean finishing;
    private boolean finished;
    private boolean terminating;
    private boolean forced;
    private boolean removed;
    private boolean ended;
    private String reason = "";
    private String message = "";
    private Instant deadline = Instant.MAX;
    private Duration mountRetry = Duration.ZERO;
    private Instant nextMountEvent = Instant.MIN;
    private Instant nextConfigEvent = Instant.MIN;

    PodWorker(Services services, Pod pod, Path directory, Runnable onEnd) {
        this.services = services;
        this.pod = pod;
        this.directory = directory;
        this.onEnd = onEnd;
        this.serial = new Serial(services.pool());
        this.events = new PodEvents(
                services.api(), services.options().name(), services.options().clock());
        this.status = new StatusWriter(services);
        this.volumes = new Volumes(directory.resolve("v"), services.config());
        this.startTime = services.now();
        boolean afterInit = !pod.getSpec().getInitContainers().isEmpty();
        int index = 0;
        for (Container init : pod.getSpec().getInitContainers()) {
            Role role = "Always".equals(init.getRestartPolicy()) ? Role.SIDECAR : Role.INIT;
            add(init, role, afterInit, index++);
        }
        for (Container main : pod.getSpec().getContainers()) {
            add(main, Role.MAIN, afterInit, index++);
        }
    }

    private void add(Container container, Role role, boolean afterInit, int index) {
        Path own = directory.resolve("c" + index);
        containers.put(container.getName(), new PodContainer(container, role, afterInit, own, services.options()));
    }

    // What others may call, from any thread.

    void begin() {
        serial.execute(() -> {
            Long limit = pod.getSpec().getActiveDeadlineSeconds();
            if (limit != null) {
                services.later(limit * 1000, serial, this::deadlineExceeded);
            }
            if (pod.getMetadata().getDeletionTimestamp() == null) {
                write();
            }
            update(pod);
        });
    }

    void changed(Pod newer) {
        serial.execute(() -> update(newer));
    }

    /** The object is gone: end the processes, with no grace but the floor. */
    void vanished() {
        serial.execute(() -> {
            removed = true;
            terminate(Duration.ZERO);
        });
    }

    void refreshVolumes() {
        serial.execute(() -> {
            if (sandbox && !terminating && !finished) {
                volumesReady();
            }
        });
    }

    Pod pod() {
        return pod;
    }

    String podIp() {
        return podIp;
    }

    Optional<PodContainer> container(String name) {
        return Optional.ofNullable(containers.get(name));
    }

    List<PodContainer> all() {
        return List.copyOf(containers.values());
    }

    /** Kills every process at once; for the end of the node. */
    void killAll() {
        all().forEach(container -> container
                .current()
                .flatMap(Instance::process)
                .ifPresent(process -> {
                    if (process.isAlive()) {
                        process.killAll();
                    }
                }));
    }

    /** Waits until no process is left. */
    void awaitDeath(Duration limit) throws InterruptedException {
        long until = System.nanoTime() + limit.toNanos();
        for (PodContainer container : all()) {
            var process = container.current().flatMap(Instance::process);
            if (process.isPresent()) {
                process.get().awaitEnd(Duration.ofNanos(Math.max(1, until - System.nanoTime())));
            }
        }
    }

    // From here on: the serial executor only.

    private void update(Pod newer) {
        boolean generation = !Objects.equals(
                pod.getMetadata().getGeneration(), newer.getMetadata().getGeneration());
        pod = newer;
        if (newer.getMetadata().getDeletionTimestamp() != null) {
            Long grace = newer.getMetadata().getDeletionGracePeriodSeconds();
            boolean first = !terminating;
            // With no grace the API server deletes the object by itself.
            forced = grace != null && grace == 0;
            if (first && !forced) {
                write();
            }
            terminate(Duration.ofSeconds(grace == null ? 30 : grace));
            return;
        }
        if (generation) {
            newer.getSpec().getContainers().forEach(this::changeImage);
        }
        sync();
    }

    private void changeImage(Container newer) {
        PodContainer container = containers.get(newer.getName());
        if (container == null || container.spec().getImage().equals(newer.getImage())) {
            return;
        }
        container.spec(newer);
        if (container.record.running()) {
            events.normal(
                    pod,
                    container.field(),
                    "Killing",
                    "Container " + container.name() + " definition changed, will be restarted");
            stop(container, grace());
        } else {
            container.record = container.record.notBefore(Instant.MIN);
        }
    }

    private void sync() {
        if (ended || finished || removed) {
            return;
        }
        if (terminating) {
            advanceTermination();
            return;
        }
        if (!sandbox) {
            if (!volumesReady()) {
                services.later(RETRY_MILLIS, serial, this::sync);
                return;
            }
            sandbox = true;
            write();
        }
        for (PodPlan.Step step : PodPlan.next(record(), services.now())) {
            if (step instanceof PodPlan.Start start) {
                start(named(start.container()));
            } else if (step instanceof PodPlan.Wait wait) {
                backOff(named(wait.container()), wait.until());
            } else {
                finish();
            }
        }
        write();
    }

    private PodContainer named(String name) {
        return Objects.requireNonNull(containers.get(name), name);
    }

    private static String why(Exception problem) {
        return String.valueOf(problem.getMessage());
    }

    private boolean volumesReady() {
        try {
            if (podIp.isEmpty()) {
                podIp = services.addresses().take();
            }
            volumes.setUp(pod, podIp, services.addresses().node());
            return true;
        } catch (ConfigException e) {
            mountFailed(e.volume(), why(e));
        } catch (IOException e) {
            mountFailed("", why(e));
        }
        return false;
    }

    private void mountFailed(String volume, String why) {
        Instant now = services.now();
        if (now.isBefore(nextMountEvent)) {
            return;
        }
        events.warning(pod, "", "FailedMount", "MountVolume.SetUp failed for volume \"" + volume + "\" : " + why);
        mountRetry = mountRetry.isZero() ? Duration.ofMillis(RETRY_MILLIS) : mountRetry.multipliedBy(2);
        nextMountEvent = now.plus(mountRetry);
    }

    private void start(PodContainer container) {
        if (container.killing && container.record.running()) {
            return;
        }
        Image image;
        try {
            image = services.images().resolve(container.spec().getImage());
        } catch (ImageUnavailableException e) {
            pullFailed(container, why(e));
            return;
        }
        events.normal(
                pod,
                container.field(),
                "Pulled",
                "Container image \"" + container.spec().getImage()
                        + "\" already present on machine and can be accessed by the pod");
        try {
            launch(container, image);
        } catch (ConfigException e) {
            configMissing(container, why(e));
        } catch (StartException e) {
            events.normal(pod, container.field(), "Created", "Container created");
            startFailed(container, why(e));
        } catch (IOException e) {
            startFailed(container, why(e));
        }
    }

    private void launch(PodContainer container, Image image) throws ConfigException, StartException, IOException {
        ContainerStart starter = new ContainerStart(services, pod, podIp, volumes.paths(), container.directory());
        Instance instance = starter.start(container.spec(), image, container.starts);
        events.normal(pod, container.field(), "Created", "Container created");
        container.began(instance);
        services.logs().watch(instance.log());
        container.record = container.record.running(
                instance.startedAt(), "process://" + image.name(), "process://" + instance.id());
        events.normal(pod, container.field(), "Started", "Container started");
        instance.process().ifPresent(process -> {
            var unused = process.exit().thenAcceptAsync(code -> ended(container, instance, code), serial);
        });
        LifecycleHandler hook = container.spec().getLifecycle() == null
                ? null
                : container.spec().getLifecycle().getPostStart();
        if (hook == null) {
            probe(container, instance);
        } else {
            write();
            var unused = new Hooks(services, inside(container, instance))
                    .run(hook, Duration.ofHours(1))
                    .thenAcceptAsync(result -> afterPostStart(container, instance, result), serial);
        }
    }

    private Inside inside(PodContainer container, Instance instance) {
        return new Inside(services, container.spec(), instance, podIp);
    }

    private void afterPostStart(PodContainer container, Instance instance, ProbeResult result) {
        if (!runs(container, instance)) {
            return;
        }
        if (result.success()) {
            probe(container, instance);
            return;
        }
        events.warning(pod, container.field(), "FailedPostStartHook", "PostStartHook failed: " + result.output());
        events.normal(pod, container.field(), "Killing", "FailedPostStartHook");
        stop(container, grace());
    }

    private boolean runs(PodContainer container, Instance instance) {
        return container
                        .current()
                        .filter(current -> current.id().equals(instance.id()))
                        .isPresent()
                && container.record.running();
    }

    private void probe(PodContainer container, Instance instance) {
        if (container.role() == Role.INIT) {
            container.record = container.record.with(true, false);
            return;
        }
        ContainerProbes probes = new ContainerProbes(
                services, container.spec(), instance, podIp, serial, new ContainerProbes.Listener() {
                    @Override
                    public void started() {
                        container.record = container.record.with(true, container.record.ready());
                        serial.execute(PodWorker.this::sync);
                    }

                    @Override
                    public void ready(boolean ready) {
                        if (runs(container, instance) && container.record.ready() != ready) {
                            container.record = container.record.with(container.record.started(), ready);
                            serial.execute(PodWorker.this::writeIfThere);
                        }
                    }

                    @Override
                    public void unhealthy(String kind, String output) {
                        events.warning(pod, container.field(), "Unhealthy", kind + " probe failed: " + output);
                    }

                    @Override
                    public void mustRestart(String kind, Probe probe) {
                        restart(container, instance, kind, probe);
                    }
                });
        container.probes(probes);
        probes.start();
    }

    private void restart(PodContainer container, Instance instance, String kind, Probe probe) {
        if (!runs(container, instance) || terminating) {
            return;
        }
        events.normal(
                pod,
                container.field(),
                "Killing",
                "Container " + container.name() + " failed " + kind + " probe, will be restarted");
        Long own = probe.getTerminationGracePeriodSeconds();
        stop(container, own == null ? grace() : Duration.ofSeconds(own));
    }

    private Duration grace() {
        Long seconds = pod.getSpec().getTerminationGracePeriodSeconds();
        return Duration.ofSeconds(seconds == null ? 30 : seconds);
    }

    private void pullFailed(PodContainer container, String why) {
        String image = container.spec().getImage();
        events.normal(pod, container.field(), "Pulling", "Pulling image \"" + image + "\"");
        events.warning(pod, container.field(), "Failed", "Failed to pull image \"" + image + "\": " + why);
        events.warning(pod, container.field(), "Failed", "Error: ErrImagePull");
        Duration wait = container.pulls.next();
        container.pulls = container.pulls.afterEnd(services.now(), services.now());
        Instant retry = services.now().plus(wait);
        container.record = container.record.waiting("ErrImagePull", why).notBefore(retry);
        services.later(wait.toMillis() / 2, serial, () -> {
            if (container.record.state() instanceof Waiting waiting
                    && waiting.reason().equals("ErrImagePull")
                    && !terminating) {
                String text = "Back-off pulling image \"" + image + "\"";
                events.normal(pod, container.field(), "BackOff", text);
                events.warning(pod, container.field(), "Failed", "Error: ImagePullBackOff");
                container.record = container
                        .record
                        .waiting("ImagePullBackOff", text + ": ErrImagePull: " + why)
                        .notBefore(retry);
                write();
            }
        });
        services.later(wait.toMillis() + 1, serial, this::sync);
    }

    private void configMissing(PodContainer container, String why) {
        Instant now = services.now();
        if (!now.isBefore(nextConfigEvent)) {
            events.warning(pod, container.field(), "Failed", "Error: " + why);
            nextConfigEvent = now.plusSeconds(10);
        }
        container.record =
                container.record.waiting("CreateContainerConfigError", why).notBefore(now.plusMillis(RETRY_MILLIS));
        services.later(RETRY_MILLIS + 1, serial, this::sync);
    }

    private void startFailed(PodContainer container, String why) {
        Instant now = services.now();
        events.warning(pod, container.field(), "Failed", "Error: " + why);
        Terminated failure = new Terminated(
                128, "StartError", why, Instant.EPOCH, now, "process://" + Long.toHexString(now.toEpochMilli()));
        container.record = container.record.failedToStart(failure, "RunContainerError");
        afterEnd(container, now, now);
        if (isFinal(128)) {
            container.record = container.record.in(failure);
        }
        write();
        services.later(1000, serial, this::sync);
    }

    private boolean isFinal(int exitCode) {
        return switch (policy()) {
            case "Never" -> true;
            case "OnFailure" -> exitCode == 0;
            default -> false;
        };
    }

    private String policy() {
        String policy = pod.getSpec().getRestartPolicy();
        return policy == null ? "Always" : policy;
    }

    private void backOff(PodContainer container, Instant until) {
        boolean endedNow = container.record.state() instanceof Terminated;
        boolean failedNow = container.record.state() instanceof Waiting waiting
                && waiting.reason().equals("RunContainerError");
        if (!endedNow && !failedNow) {
            return;
        }
        String who = " restarting failed container" + (endedNow || failedNow ? "=" : " ") + container.name() + " pod="
                + podName();
        events.warning(
                pod,
                container.field(),
                "BackOff",
                "Back-off restarting failed container " + container.name() + " in pod " + podName());
        container.record =
                container.record.waiting("CrashLoopBackOff", "back-off " + Times.text(container.waited) + who);
        services.later(Duration.between(services.now(), until).toMillis() + 1, serial, this::sync);
    }

    private String podName() {
        return pod.getMetadata().getName() + "_" + pod.getMetadata().getNamespace() + "("
                + pod.getMetadata().getUid() + ")";
    }

    private void ended(PodContainer container, Instance instance, int code) {
        if (!runs(container, instance)) {
            return;
        }
        Instant now = services.now();
        ContainerLog log = instance.log();
        log.close(now);
        container.probes().ifPresent(ContainerProbes::stop);
        container.record = container.record.in(new Terminated(
                code,
                code == 0 ? "Completed" : "Error",
                LastWords.of(container.spec(), instance, code),
                instance.startedAt(),
                now,
                "process://" + instance.id()));
        if (container.role() == Role.INIT && code == 0) {
            container.record = container.record.with(false, true);
        }
        afterEnd(container, instance.startedAt(), now);
        if (terminating || finishing) {
            advanceTermination();
            return;
        }
        write();
        sync();
    }

    private void afterEnd(PodContainer container, Instant startedAt, Instant now) {
        Instant again = container.restarts.restartAt(startedAt, now);
        container.waited = Duration.between(now, again);
        container.restarts = container.restarts.afterEnd(startedAt, now);
        container.record = container.record.notBefore(again);
    }

    private void finish() {
        if (!finishing) {
            finishing = true;
            deadline = services.now().plus(grace());
            write();
            advanceTermination();
        }
    }

    private void deadlineExceeded() {
        if (finished || terminating) {
            return;
        }
        reason = "DeadlineExceeded";
        message = "Pod was active on the node longer than the specified deadline";
        events.normal(pod, "", "DeadlineExceeded", message);
        finishing = true;
        deadline = services.now().plus(grace());
        advanceTermination();
    }

    private void terminate(Duration grace) {
        Instant latest = services.now().plus(grace);
        boolean first = !terminating;
        terminating = true;
        if (latest.isBefore(deadline)) {
            deadline = latest;
            all().forEach(container -> hurry(container, latest));
        }
        if (first) {
            all().forEach(container -> container.probes().ifPresent(ContainerProbes::stopKilling));
        }
        advanceTermination();
    }

    /** Stops what has to be stopped next, and ends the pod when nothing runs. */
    private void advanceTermination() {
        if (ended || (finished && !terminating)) {
            return;
        }
        List<PodContainer> running =
                all().stream().filter(container -> container.record.running()).toList();
        List<PodContainer> mains = running.stream()
                .filter(container -> container.role() != Role.SIDECAR)
                .toList();
        if (!mains.isEmpty()) {
            mains.forEach(this::stopNow);
        } else if (!running.isEmpty()) {
            stopNow(running.get(running.size() - 1));
        } else {
            allStopped();
        }
        if (!running.isEmpty() && finishing && !terminating) {
            write();
        }
    }

    private void stopNow(PodContainer container) {
        if (!container.killing) {
            events.normal(pod, container.field(), "Killing", "Stopping container " + container.name());
            Duration left = Duration.between(services.now(), deadline);
            stop(container, left.isNegative() ? Duration.ZERO : left);
        }
    }

    private void allStopped() {
        if (terminating) {
            all().forEach(container -> container.record = ContainerEnd.atDeletion(container.record));
        }
        if (!finished) {
            finished = true;
            writeIfThere();
        }
        if (terminating) {
            end();
        }
    }

    private void end() {
        ended = true;
        volumes.tearDown();
        Workspace.delete(directory);
        if (!podIp.isEmpty()) {
            services.addresses().giveBack(podIp);
        }
        if (!removed && !forced) {
            status.deleteObject(pod);
        }
        onEnd.run();
    }

    private void stop(PodContainer container, Duration grace) {
        if (container.killing || container.current().isEmpty()) {
            return;
        }
        container.killing = true;
        Instance instance = container.current().get();
        Instant latest = services.now().plus(grace);
        LifecycleHandler hook = container.spec().getLifecycle() == null
                ? null
                : container.spec().getLifecycle().getPreStop();
        if (hook == null || grace.isZero() || instance.process().isEmpty()) {
            signal(container, instance, latest);
            return;
        }
        var unused = new Hooks(services, inside(container, instance))
                .run(hook, grace)
                .thenAcceptAsync(
                        result -> {
                            if (!result.success()) {
                                events.warning(
                                        pod,
                                        container.field(),
                                        "FailedPreStopHook",
                                        "PreStopHook failed: " + result.output());
                            }
                            if (runs(container, instance)) {
                                signal(container, instance, latest);
                            }
                        },
                        serial);
    }

    private void signal(PodContainer container, Instance instance, Instant latest) {
        if (instance.process().isEmpty()) {
            ended(container, instance, 0);
            return;
        }
        container.signalledAt = services.now();
        instance.process().get().signal(instance.image().stopSignal());
        killAt(container, instance, latest);
    }

    /** The grace of a pod that is being deleted was shortened. */
    private void hurry(PodContainer container, Instant latest) {
        if (container.killing && container.record.running()) {
            container.current().ifPresent(instance -> {
                if (container.signalledAt.equals(Instant.MAX)) {
                    signal(container, instance, latest);
                } else {
                    killAt(container, instance, latest);
                }
            });
        }
    }

    private void killAt(PodContainer container, Instance instance, Instant latest) {
        Instant floor = container.signalledAt.plus(FLOOR);
        Instant when = latest.isBefore(floor) ? floor : latest;
        services.later(Duration.between(services.now(), when).toMillis(), serial, () -> {
            if (runs(container, instance)) {
                instance.process().ifPresent(process -> process.killAll());
            }
        });
    }

    private PodRecord record() {
        return new PodRecord(
                policy(),
                services.addresses().node(),
                sandbox ? podIp : "",
                startTime,
                sandbox,
                finished,
                reason,
                message,
                new ArrayList<>(containers.values().stream().map(c -> c.record).toList()));
    }

    private void writeIfThere() {
        if (!ended) {
            write();
        }
    }

    private void write() {
        // Any write to an object that is marked for removal would remove it.
        if (!removed && !forced) {
            LOG.debug("{}: writing status", podName());
            status.write(pod, record());
        }
    }
}
