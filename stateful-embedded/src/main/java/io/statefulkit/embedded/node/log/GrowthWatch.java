package io.statefulkit.embedded.node.log;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Is told by the kernel when a file in one of its directories grows. Thread-safe. */
final class GrowthWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(GrowthWatch.class);

    private final WatchService service;
    private final Consumer<Path> listener;

    private GrowthWatch(WatchService service, Consumer<Path> listener) {
        this.service = service;
        this.listener = listener;
    }

    /** Starts a watch; empty when the machine has none left, as their number is limited. */
    static Optional<GrowthWatch> start(Consumer<Path> listener) {
        try {
            GrowthWatch watch = new GrowthWatch(FileSystems.getDefault().newWatchService(), listener);
            Thread thread = new Thread(watch::run, "node-logs");
            thread.setDaemon(true);
            thread.start();
            return Optional.of(watch);
        } catch (IOException e) {
            LOG.debug("the times of log lines are exact to a tenth of a second only: {}", e.toString());
            return Optional.empty();
        }
    }

    void add(Path directory) {
        try {
            WatchKey unused = directory.register(service, StandardWatchEventKinds.ENTRY_MODIFY);
        } catch (IOException | ClosedWatchServiceException e) {
            LOG.debug("{} cannot be watched: {}", directory, e.toString());
        }
    }

    private void run() {
        try {
            while (true) {
                WatchKey key = service.take();
                key.pollEvents().clear();
                listener.accept((Path) key.watchable());
                key.reset();
            }
        } catch (ClosedWatchServiceException e) {
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        try {
            service.close();
        } catch (IOException e) {
            LOG.debug("the watch could not be closed: {}", e.toString());
        }
    }
}
