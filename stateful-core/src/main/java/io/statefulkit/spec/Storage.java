package io.statefulkit.spec;

import io.statefulkit.spec.storage.Claim;
import java.util.List;

/**
 * Where a workload keeps its data.
 *
 * @param shape what becomes of the claims
 * @param claims the claims; the first one holds the data
 */
public record Storage(Shape shape, List<Claim> claims) {

    /** What kind of object runs the workload. */
    public enum Shape {
        /** A StatefulSet; each replica has its own volumes. */
        STATEFUL_SET,
        /** A Deployment of one replica with the Recreate strategy on one claim. */
        DEPLOYMENT
    }

    public Storage {
        claims = List.copyOf(claims);
    }

    static Storage none() {
        return new Storage(Shape.STATEFUL_SET, List.of());
    }
}
