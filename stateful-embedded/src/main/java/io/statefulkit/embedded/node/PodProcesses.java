package io.statefulkit.embedded.node;

import java.time.Duration;

/**
 * The processes of a pod. May be used from any thread.
 *
 * @param state the pod
 */
record PodProcesses(PodState state) {

    /** Kills every process at once; for the end of the node. */
    void killAll() {
        state.all()
                .forEach(container -> container
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
        for (PodContainer container : state.all()) {
            var process = container.current().flatMap(Instance::process);
            if (process.isPresent()) {
                var unused = process.get().awaitEnd(Duration.ofNanos(Math.max(1, until - System.nanoTime())));
            }
        }
    }
}
