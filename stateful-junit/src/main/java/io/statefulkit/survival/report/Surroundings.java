package io.statefulkit.survival.report;

import java.util.List;
import java.util.stream.Stream;

/**
 * What else is known about a run, to look into when it failed.
 *
 * @param facts what it ran on, such as the version of the cluster
 * @param events what the cluster told about the workload, oldest first
 * @param logs what its containers wrote
 */
public record Surroundings(List<Fact> facts, List<ClusterEvent> events, List<PodLog> logs) {

    /** Copies the lists. */
    public Surroundings {
        facts = List.copyOf(facts);
        events = List.copyOf(events);
        logs = List.copyOf(logs);
    }

    /** The same with one more fact. */
    public Surroundings with(Fact fact) {
        return new Surroundings(Stream.concat(facts.stream(), Stream.of(fact)).toList(), events, logs);
    }

    /** Nothing is known. */
    public static Surroundings none() {
        return new Surroundings(List.of(), List.of(), List.of());
    }

    /**
     * One thing that is known.
     *
     * @param name what
     * @param value its value
     */
    public record Fact(String name, String value) {}

    /**
     * An event as {@code kubectl get events} shows it.
     *
     * @param time when it was seen last, as the cluster wrote it
     * @param type {@code Normal} or {@code Warning}
     * @param object what it is about, such as {@code Pod/orders-0}
     * @param reason one word
     * @param message the text
     */
    public record ClusterEvent(String time, String type, String object, String reason, String message) {}

    /**
     * The log of one container.
     *
     * @param container such as {@code orders-0/postgres}
     * @param text its lines
     */
    public record PodLog(String container, String text) {}
}
