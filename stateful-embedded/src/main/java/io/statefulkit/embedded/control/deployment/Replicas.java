package io.statefulkit.embedded.control.deployment;

import io.statefulkit.embedded.control.loop.Resource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The replica sets of a deployment.
 *
 * @param current the one with the deployment's template, when there is one
 * @param old all others, oldest first
 */
record Replicas(Optional<Resource> current, List<Resource> old) {

    static final Comparator<Resource> OLDEST_FIRST =
            Comparator.comparing(Resource::created).thenComparing(Resource::name);

    Replicas {
        old = List.copyOf(old);
    }

    List<Resource> all() {
        return current.map(set -> java.util.stream.Stream.concat(old.stream(), java.util.stream.Stream.of(set))
                        .toList())
                .orElse(old);
    }

    List<Resource> active() {
        return all().stream().filter(set -> wanted(set) > 0).toList();
    }

    List<Resource> activeOld() {
        return old.stream().filter(set -> wanted(set) > 0).toList();
    }

    int totalWanted() {
        return all().stream().mapToInt(Replicas::wanted).sum();
    }

    int count(String statusField) {
        return all().stream().mapToInt(set -> status(set, statusField)).sum();
    }

    static int wanted(Resource set) {
        return set.spec().path("replicas").asInt(1);
    }

    static int available(Resource set) {
        return status(set, "availableReplicas");
    }

    static int status(Resource set, String field) {
        return set.status().path(field).asInt(0);
    }
}
