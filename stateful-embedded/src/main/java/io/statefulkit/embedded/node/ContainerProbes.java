package io.statefulkit.embedded.node;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Probe;
import io.statefulkit.embedded.node.probe.ProbeCheck;
import io.statefulkit.embedded.node.probe.ProbeLoop;
import io.statefulkit.embedded.node.probe.ProbeResult;
import io.statefulkit.embedded.node.probe.ProbeSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * The probes of one instance of a container: the startup probe first, then the other two. Everything happens on the
 * worker's executor.
 */
final class ContainerProbes {

    private final Services services;
    private final Container container;
    private final Instance instance;
    private final Inside inside;
    private final Executor executor;
    private final Listener listener;
    private final List<ProbeLoop> running = new ArrayList<>();
    private final List<ProbeLoop> killers = new ArrayList<>();

    /** Told of what the probes find. */
    interface Listener {
        /** The startup is over. */
        void started();

        /** The container is ready or is not. */
        void ready(boolean ready);

        /** A probe failed once. */
        void unhealthy(String kind, String output);

        /** A probe succeeded, but something is odd. */
        void odd(String kind, String output);

        /** The container has to be restarted. */
        void mustRestart(String kind, Probe probe);
    }

    ContainerProbes(
            Services services,
            Container container,
            Instance instance,
            String podIp,
            Executor executor,
            Listener listener) {
        this.services = services;
        this.container = container;
        this.instance = instance;
        this.inside = new Inside(services, container, instance, podIp);
        this.executor = executor;
        this.listener = listener;
    }

    void start() {
        Probe startup = container.getStartupProbe();
        if (startup == null) {
            afterStartup();
            return;
        }
        ProbeLoop[] loop = new ProbeLoop[1];
        loop[0] = loop(startup, "Startup", success -> {
            loop[0].stop();
            if (success) {
                afterStartup();
            } else {
                listener.mustRestart("startup", startup);
            }
        });
        killers.add(loop[0]);
        loop[0].start(ranFor());
    }

    /** Delays count from the start of the container, whatever its hook took. */
    private Duration ranFor() {
        return Duration.between(instance.startedAt(), services.now());
    }

    private void afterStartup() {
        listener.started();
        Duration ranFor = ranFor();
        if (container.getReadinessProbe() == null) {
            listener.ready(true);
        } else {
            loop(container.getReadinessProbe(), "Readiness", listener::ready).start(ranFor);
        }
        Probe liveness = container.getLivenessProbe();
        if (liveness != null) {
            ProbeLoop[] loop = new ProbeLoop[1];
            loop[0] = loop(liveness, "Liveness", alive -> {
                if (!alive) {
                    loop[0].stop();
                    listener.mustRestart("liveness", liveness);
                }
            });
            killers.add(loop[0]);
            loop[0].start(ranFor);
        }
    }

    /** Ends the probes that restart; readiness goes on. */
    void stopKilling() {
        killers.forEach(ProbeLoop::stop);
    }

    void stop() {
        running.forEach(ProbeLoop::stop);
    }

    private ProbeLoop loop(Probe probe, String kind, java.util.function.Consumer<Boolean> decided) {
        ProbeSpec spec = ProbeSpec.of(probe);
        ProbeLoop loop = new ProbeLoop(
                spec,
                check(probe, spec.timeout()),
                new ProbeLoop.Listener() {
                    @Override
                    public void failed(ProbeResult result) {
                        listener.unhealthy(kind, result.output());
                    }

                    @Override
                    public void warned(ProbeResult result) {
                        listener.odd(kind, result.output());
                    }

                    @Override
                    public void decided(boolean success) {
                        decided.accept(success);
                    }
                },
                services.timers(),
                executor);
        running.add(loop);
        return loop;
    }

    private ProbeCheck check(Probe probe, Duration timeout) {
        if (probe.getExec() != null) {
            return () -> inside.exec(probe.getExec(), timeout);
        }
        if (probe.getHttpGet() != null) {
            return () -> inside.http(probe.getHttpGet(), timeout);
        }
        if (probe.getTcpSocket() != null) {
            var socket = probe.getTcpSocket();
            return () -> inside.tcp(socket.getHost(), socket.getPort(), timeout);
        }
        if (probe.getGrpc() != null) {
            var grpc = probe.getGrpc();
            return () -> inside.grpc(grpc.getPort(), grpc.getService(), timeout);
        }
        return () -> CompletableFuture.completedFuture(ProbeResult.failure("the probe has no handler"));
    }
}
