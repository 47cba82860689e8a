package io.statefulkit.embedded.control.stateful;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.statefulkit.embedded.control.loop.OwnerRef;
import io.statefulkit.embedded.control.loop.Ownership;
import io.statefulkit.embedded.control.loop.Resource;
import io.statefulkit.embedded.json.Json;
import java.util.Optional;

/**
 * Who owns a claim, so that garbage collection removes it when the retention policy says so.
 *
 * @param spec the set
 */
record ClaimRetention(SetSpec spec) {

    /** Returns the owners the claim should have, when they differ from those it has. */
    Optional<ArrayNode> correction(Resource claim, Resource pod, boolean condemned) {
        Optional<Resource> wanted = owner(pod, condemned);
        boolean right = wanted.isPresent()
                ? claim.controlledBy(wanted.get().uid()) && owners(claim, pod) == 1
                : owners(claim, pod) == 0;
        if (right || foreign(claim, pod)) {
            return Optional.empty();
        }
        ArrayNode refs = Json.object().arrayNode();
        claim.json().path("metadata").path("ownerReferences").forEach(ref -> {
            String uid = ref.path("uid").asText();
            if (!uid.equals(spec.set().uid()) && !uid.equals(pod.uid())) {
                refs.add(ref);
            }
        });
        wanted.ifPresent(owner -> refs.add(Ownership.controllerRef(owner)));
        return Optional.of(refs);
    }

    /** Returns whether the claim still belongs to an earlier pod of that name and will go with it. */
    static boolean stale(Resource claim, String podName) {
        return claim.owners().stream()
                .anyMatch(owner -> owner.kind().equals("Pod") && owner.name().equals(podName));
    }

    /** Returns whether another controller has the claim. */
    boolean foreign(Resource claim, Resource pod) {
        return claim.controller()
                .map(OwnerRef::uid)
                .filter(uid -> !uid.equals(spec.set().uid()) && !uid.equals(pod.uid()))
                .isPresent();
    }

    private Optional<Resource> owner(Resource pod, boolean condemned) {
        if (condemned && spec.deleteClaimsWhenScaled()) {
            return Optional.of(pod);
        }
        return spec.deleteClaimsWhenDeleted() ? Optional.of(spec.set()) : Optional.empty();
    }

    private long owners(Resource claim, Resource pod) {
        return claim.owners().stream()
                .map(OwnerRef::uid)
                .filter(uid -> uid.equals(spec.set().uid()) || uid.equals(pod.uid()))
                .count();
    }
}
