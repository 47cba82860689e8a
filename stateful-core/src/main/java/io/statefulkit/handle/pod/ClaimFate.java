package io.statefulkit.handle.pod;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.statefulkit.handle.place.Claims;
import io.statefulkit.handle.place.Place;
import java.util.List;
import java.util.stream.Stream;

/**
 * What becomes of the claims of a workload that is taken off the cluster. What it was only told to use is somebody else's, and
 * stays whatever the mode.
 *
 * @param going those that are deleted
 * @param staying those that its pods have used, and that stay
 * @param dumps those that only its jobs have used
 */
record ClaimFate(
        List<PersistentVolumeClaim> going, List<PersistentVolumeClaim> staying, List<PersistentVolumeClaim> dumps) {

    static ClaimFate of(Place place, Undeploy mode) {
        Claims claims = new Claims(place);
        List<PersistentVolumeClaim> used = claims.list();
        List<PersistentVolumeClaim> going = mode == Undeploy.RETAIN ? List.of() : claims.made(used);
        return new ClaimFate(
                going,
                used.stream().filter(claim -> !going.contains(claim)).toList(),
                claims.labelled().stream()
                        .filter(claim -> !used.contains(claim))
                        .toList());
    }

    /** Returns whether the password is of no use any more: what stays may need it. */
    boolean secretsGo() {
        return staying.isEmpty();
    }

    Undeployed told() {
        return new Undeployed(names(going.stream()), names(Stream.concat(staying.stream(), dumps.stream())));
    }

    private static List<String> names(Stream<PersistentVolumeClaim> claims) {
        return claims.map(claim -> claim.getMetadata().getName()).sorted().toList();
    }
}
