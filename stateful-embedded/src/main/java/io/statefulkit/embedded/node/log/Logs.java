package io.statefulkit.embedded.node.log;

import io.statefulkit.embedded.api.ContainerStreams.Execution;
import io.statefulkit.embedded.api.ContainerStreams.LogRequest;
import io.statefulkit.embedded.api.ContainerStreams.Output;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * All logs of a node. The kernel tells of their growth, and a tick for all of them finds what it did not tell; both note
 * when it was and feed those who follow. Thread-safe.
 */
public final class Logs implements AutoCloseable {

    private static final long TICK_MILLIS = 100;

    private final Executor feeders;
    private final Clock clock;
    private final Set<ContainerLog> open = ConcurrentHashMap.newKeySet();
    private final Map<Path, ContainerLog> byDirectory = new ConcurrentHashMap<>();
    private final Optional<GrowthWatch> growth;
    private final Set<Follower> followers = ConcurrentHashMap.newKeySet();

    /**
     * Starts the tick.
     *
     * @param timers runs the tick, which is quick
     * @param feeders where those who follow are given what is new: one that does not read makes its thread wait
     * @param clock tells when a line was written
     */
    public Logs(ScheduledExecutorService timers, Executor feeders, Clock clock) {
        this.feeders = feeders;
        this.clock = clock;
        this.growth = GrowthWatch.start(this::written);
        ScheduledFuture<?> unused =
                timers.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Begins to note the growth of a log, until it is closed. */
    public void watch(ContainerLog log) {
        open.add(log);
        Path directory = Objects.requireNonNull(log.file().getParent(), "directory");
        byDirectory.put(directory, log);
        growth.ifPresent(watch -> watch.add(directory));
    }

    /** Reads a log, and follows it if that is asked for. */
    public Execution read(ContainerLog log, LogRequest request, Output output) {
        log.mark(clock.instant());
        Follower follower = new Follower(new LogReading(log, request, output, clock.instant()), output);
        follower.advance();
        if (request.follow() && !follower.done.get()) {
            followers.add(follower);
        } else {
            follower.finish();
        }
        return follower;
    }

    /** Follows what is written from now on, as it is, until the instance ends. */
    public Execution attach(ContainerLog log, Output output) {
        Follower follower = new Follower(new RawReading(log, output), output);
        followers.add(follower);
        return follower;
    }

    /** Something was written in a directory, perhaps just now. */
    private void written(Path directory) {
        ContainerLog log = byDirectory.get(directory);
        if (log != null) {
            log.mark(clock.instant());
        }
        followers.forEach(Follower::wake);
    }

    private void tick() {
        open.forEach(log -> log.mark(clock.instant()));
        open.removeIf(ContainerLog::closed);
        byDirectory.values().removeIf(ContainerLog::closed);
        followers.forEach(Follower::wake);
    }

    @Override
    public void close() {
        growth.ifPresent(GrowthWatch::close);
    }

    /** One reader that waits for more. */
    private final class Follower implements Execution {

        private final Reading reading;
        private final Output output;
        private final AtomicBoolean done = new AtomicBoolean();
        private final AtomicBoolean awake = new AtomicBoolean();

        Follower(Reading reading, Output output) {
            this.reading = reading;
            this.output = output;
        }

        /** Has it look for more, if it does not look right now: what it misses meanwhile, the next tick finds. */
        private void wake() {
            if (awake.compareAndSet(false, true)) {
                try {
                    feeders.execute(() -> {
                        advance();
                        awake.set(false);
                    });
                } catch (RejectedExecutionException e) {
                    close(); // The node is closing.
                }
            }
        }

        private synchronized void advance() {
            if (done.get()) {
                return;
            }
            try {
                if (!reading.advance()) {
                    finish();
                }
            } catch (IOException e) {
                if (done.compareAndSet(false, true)) {
                    followers.remove(this);
                    output.failed("the log could not be read: " + e.getMessage());
                }
            } catch (RuntimeException e) {
                // The client went away; that is no concern of the others.
                close();
            }
        }

        private synchronized void finish() {
            if (done.compareAndSet(false, true)) {
                followers.remove(this);
                reading.flush();
                output.exited(0);
            }
        }

        @Override
        public void stdin(byte[] bytes) {
            throw new UnsupportedOperationException("a log takes no input");
        }

        @Override
        public void stdinClosed() {
            // A log takes no input.
        }

        @Override
        public void resize(int columns, int rows) {
            // A log has no terminal.
        }

        @Override
        public void close() {
            done.set(true);
            followers.remove(this);
        }
    }
}
