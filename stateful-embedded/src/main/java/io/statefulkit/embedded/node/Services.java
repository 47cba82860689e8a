package io.statefulkit.embedded.node;

import io.statefulkit.embedded.api.Api;
import io.statefulkit.embedded.node.log.Logs;
import io.statefulkit.embedded.node.probe.GrpcProbes;
import io.statefulkit.embedded.node.process.Processes;
import io.statefulkit.embedded.node.process.Workspace;
import io.statefulkit.embedded.node.volume.ConfigSource;
import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** What all pods of a node share. */
record Services(
        Api api,
        NodeOptions options,
        Workspace workspace,
        Processes processes,
        PodAddresses addresses,
        ConfigSource config,
        Logs logs,
        ImagePolicy images,
        Power power,
        GrpcProbes grpc,
        ScheduledExecutorService timers,
        Executor pool) {

    Instant now() {
        return options.clock().instant();
    }

    /** Runs a task on an executor after a while; after the node was closed, nothing happens. */
    void later(long millis, Executor executor, Runnable task) {
        try {
            var unused = timers.schedule(() -> executor.execute(task), Math.max(0, millis), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // The node is closing.
            return;
        }
    }
}
