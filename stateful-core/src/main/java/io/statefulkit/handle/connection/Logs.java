package io.statefulkit.handle.connection;

import io.fabric8.kubernetes.client.dsl.ContainerResource;
import io.fabric8.kubernetes.client.dsl.LogWatch;
import io.statefulkit.deploy.watch.Pods;
import io.statefulkit.handle.place.Place;
import io.statefulkit.internal.Checks;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** The log of one container: says which part, then reads it. Immutable. */
public final class Logs {

    private final Place place;
    private final String container;
    private final int ordinal;
    private final Range range;

    private Logs(Place place, String container, int ordinal, Range range) {
        this.place = place;
        this.container = container;
        this.ordinal = ordinal;
        this.range = range;
    }

    /** Returns the whole log of a container of the pod of an ordinal. */
    public static Logs of(Place place, String container, int ordinal) {
        return new Logs(place, container, ordinal, Range.all());
    }

    /** Which part of a log. */
    private record Range(OptionalInt tail, boolean previous) {
        static Range all() {
            return new Range(OptionalInt.empty(), false);
        }
    }

    /**
     * Returns the last lines only.
     *
     * @throws IllegalArgumentException when {@code lines} is negative
     */
    public Logs tail(int lines) {
        Checks.atLeast(0, lines, "lines");
        return new Logs(place, container, ordinal, new Range(OptionalInt.of(lines), range.previous()));
    }

    /** Returns the log of the instance of the container before the current one. */
    public Logs previous() {
        return new Logs(place, container, ordinal, new Range(range.tail(), true));
    }

    /** Reads the log. */
    public String text() {
        ContainerResource log = resource();
        String text = range.previous()
                ? log.terminated().tailingLines(limit()).getLog()
                : log.tailingLines(limit()).getLog();
        return Objects.requireNonNullElse(text, "");
    }

    /** Reads the log, line by line. */
    public List<String> lines() {
        return text().lines().toList();
    }

    /**
     * Reads the log and goes on with what the container writes, until it ends or the result is closed.
     *
     * @param line called for each line by a thread of its own
     */
    public Following follow(Consumer<String> line) {
        LogWatch watch = resource().tailingLines(limit()).watchLog();
        Following following = new Following(watch);
        Thread thread = new Thread(() -> following.read(line), "statefulkit-logs-" + place.name());
        thread.setDaemon(true);
        thread.start();
        return following;
    }

    private int limit() {
        return range.tail().orElse(Integer.MAX_VALUE);
    }

    private ContainerResource resource() {
        return place.client()
                .pods()
                .inNamespace(place.namespace())
                .withName(Pods.name(new Shell(place).pod(ordinal)))
                .inContainer(container);
    }

    /** A log that is being read; closing it ends that. */
    public static final class Following implements AutoCloseable {

        private final LogWatch watch;
        private final AtomicBoolean closed = new AtomicBoolean();

        private Following(LogWatch watch) {
            this.watch = watch;
        }

        private void read(Consumer<String> line) {
            try (BufferedReader reader =
                    new BufferedReader(new InputStreamReader(watch.getOutput(), StandardCharsets.UTF_8))) {
                for (String next = reader.readLine(); next != null && !closed.get(); next = reader.readLine()) {
                    line.accept(next);
                }
            } catch (IOException e) {
                // Closing ends the stream in the middle; there is nothing to tell anybody.
                closed.set(true);
            } finally {
                close();
            }
        }

        @Override
        public void close() {
            closed.set(true);
            watch.close();
        }
    }
}
