package io.statefulkit.spec;

import io.statefulkit.spec.storage.Claim;
import io.statefulkit.spec.storage.Retention;
import io.statefulkit.spec.storage.StorageClassSpec;
import java.util.List;

/**
 * Where a workload keeps its data.
 *
 * @param shape what becomes of the claims
 * @param claims the claims; the first one holds the data
 * @param retention what happens to the claims of a StatefulSet
 * @param classes storage classes that are created with it
 * @param givenToServer true if the volumes get the server's user as their owner before it starts
 */
public record Storage(
        Shape shape, List<Claim> claims, Retention retention, List<StorageClassSpec> classes, boolean givenToServer) {

    public Storage {
        claims = List.copyOf(claims);
        classes = List.copyOf(classes);
    }

    /** What kind of object runs the workload, and on what. */
    public enum Shape {
        /** A StatefulSet; each replica has its own volumes. */
        STATEFUL_SET,
        /** A Deployment of one replica with the Recreate strategy on one claim. */
        DEPLOYMENT,
        /** A StatefulSet without volumes: every restart starts empty. */
        EPHEMERAL
    }

    static Storage none() {
        return new Storage(Shape.STATEFUL_SET, List.of(), Retention.keepAll(), List.of(), false);
    }

    Storage shape(Shape value) {
        return new Storage(value, claims, retention, classes, givenToServer);
    }

    Storage claims(List<Claim> value) {
        return new Storage(shape, value, retention, classes, givenToServer);
    }

    Storage retention(Retention value) {
        return new Storage(shape, claims, value, classes, givenToServer);
    }

    Storage classes(List<StorageClassSpec> value) {
        return new Storage(shape, claims, retention, value, givenToServer);
    }

    Storage withOwner() {
        return new Storage(shape, claims, retention, classes, true);
    }
}
