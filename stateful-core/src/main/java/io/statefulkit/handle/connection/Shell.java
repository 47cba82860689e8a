package io.statefulkit.handle.connection;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.statefulkit.deploy.watch.Pods;
import io.statefulkit.handle.place.LiveWorkload;
import io.statefulkit.handle.place.Place;
import io.statefulkit.internal.NotApi;
import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/** Runs commands in the pods of a workload. */
@NotApi
public record Shell(Place place) {

    public ExecResult run(int ordinal, String container, List<String> command, byte[] input, Duration timeout) {
        if (command.isEmpty()) {
            throw new IllegalArgumentException("command must not be empty");
        }
        return new Exec(place.client(), place.namespace())
                .run(Pods.name(pod(ordinal)), container, command, input, timeout);
    }

    /** Returns the pod of an ordinal as it is now. */
    public Pod pod(int ordinal) {
        return find(ordinal)
                .orElseThrow(() -> new NoSuchElementException(
                        "expected a pod " + ordinal + " of " + place.ref() + ", but there is none at the moment"));
    }

    /**
     * Returns the address of a pod.
     *
     * @throws NoSuchElementException when it has none, since it has not started yet
     */
    public static String address(Pod pod) {
        return Optional.ofNullable(pod.getStatus())
                .map(PodStatus::getPodIP)
                .orElseThrow(() -> new NoSuchElementException("expected an address of pod " + Pods.name(pod)
                        + ", but it has not started yet: wait with awaitReady()"));
    }

    /** Returns the pod of an ordinal, if there is one at the moment; for 0 the first one, where they begin with another number. */
    public Optional<Pod> find(int ordinal) {
        var pods = place.client().pods().inNamespace(place.namespace());
        return switch (place.ref().kind()) {
            case STATEFUL_SET -> named(ordinal).or(() -> ordinal == 0 ? first() : Optional.empty());
            case DEPLOYMENT ->
                pods.withLabels(place.selector()).list().getItems().stream()
                        .filter(pod -> !Pods.terminating(pod) && !Pods.ended(pod))
                        .skip(ordinal)
                        .findFirst();
        };
    }

    private Optional<Pod> first() {
        return Optional.ofNullable(place.client()
                        .apps()
                        .statefulSets()
                        .inNamespace(place.namespace())
                        .withName(place.name())
                        .get())
                .map(LiveWorkload::firstOrdinal)
                .filter(first -> first > 0)
                .flatMap(this::named);
    }

    private Optional<Pod> named(int ordinal) {
        return Optional.ofNullable(place.client()
                .pods()
                .inNamespace(place.namespace())
                .withName(place.name() + "-" + ordinal)
                .get());
    }
}
