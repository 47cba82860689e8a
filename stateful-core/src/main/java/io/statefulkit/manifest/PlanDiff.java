package io.statefulkit.manifest;

import static java.util.stream.Collectors.joining;

import io.statefulkit.manifest.ObjectDiff.Change;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What applying a plan would change in a cluster.
 *
 * @param objects the plan's objects in the order of application
 */
public record PlanDiff(List<ObjectDiff> objects) {

    public PlanDiff {
        objects = List.copyOf(objects);
    }

    /** Return the objects to which this would happen. */
    public List<ObjectDiff> of(Change change) {
        return objects.stream().filter(object -> object.change() == change).toList();
    }

    /** Return true if the cluster is as planned. */
    public boolean isEmpty() {
        return of(Change.UNCHANGED).size() == objects.size();
    }

    /** Return the diffs of all objects, and how many there are of each sort: for people to read. */
    @Override
    public String toString() {
        String sum = Stream.of(Change.values())
                .filter(change -> !of(change).isEmpty())
                .map(change -> of(change).size() + " " + change.name().toLowerCase(Locale.ROOT))
                .collect(joining(", "));
        return objects.stream().map(ObjectDiff::toString).collect(joining()) + sum + "\n";
    }
}
