package io.statefulkit.embedded.node;

import io.fabric8.kubernetes.api.model.LifecycleHandler;
import io.statefulkit.embedded.node.probe.ProbeResult;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Runs lifecycle hooks. */
final class Hooks {

    private final Services services;
    private final String pod;
    private final Inside inside;

    /** Takes the pod as messages name it, and where its hooks run. */
    Hooks(Services services, String pod, Inside inside) {
        this.pod = pod;
        this.services = services;
        this.inside = inside;
    }

    /** Runs a hook; it ends within the limit, whatever it does. */
    CompletableFuture<ProbeResult> run(LifecycleHandler handler, Duration limit) {
        if (handler.getExec() != null) {
            return inside.hook(handler.getExec(), pod, limit);
        }
        if (handler.getHttpGet() != null) {
            return inside.http(handler.getHttpGet(), limit);
        }
        if (handler.getTcpSocket() != null) {
            return inside.tcp(
                    handler.getTcpSocket().getHost(), handler.getTcpSocket().getPort(), limit);
        }
        CompletableFuture<ProbeResult> slept = new CompletableFuture<>();
        long seconds = handler.getSleep() == null ? 0 : handler.getSleep().getSeconds();
        long millis = Math.min(limit.toMillis(), TimeUnit.SECONDS.toMillis(seconds));
        services.later(millis, Runnable::run, () -> slept.complete(ProbeResult.OK));
        return slept;
    }
}
