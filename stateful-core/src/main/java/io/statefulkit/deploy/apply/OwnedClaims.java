package io.statefulkit.deploy.apply;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.statefulkit.internal.NotApi;
import java.util.List;

/**
 * The claims that belong to a StatefulSet, because its retention policy is to delete them with it. With another policy the controller
 * takes that back, but only for claims of pods that it has: those of pods that were scaled away earlier stay its own.
 *
 * @param uid of the StatefulSet
 */
@NotApi
public record OwnedClaims(KubernetesClient client, String namespace, String uid) {

    private static final int GONE = 404;

    /** Returns those that belong to it now. */
    List<PersistentVolumeClaim> list() {
        return client.persistentVolumeClaims().inNamespace(namespace).list().getItems().stream()
                .filter(this::owned)
                .toList();
    }

    boolean owned(PersistentVolumeClaim claim) {
        return claim.getMetadata().getOwnerReferences().stream().anyMatch(owner -> uid.equals(owner.getUid()));
    }

    /** Lets those of the claims that belong to it be nobody's; other owners stay. One that somebody has deleted meanwhile is nobody's. */
    public void disown(List<PersistentVolumeClaim> claims) {
        claims.stream().filter(this::owned).forEach(this::disown);
    }

    private void disown(PersistentVolumeClaim claim) {
        try {
            client.resource(claim)
                    .patch(
                            PatchContext.of(PatchType.STRATEGIC_MERGE),
                            "{\"metadata\":{\"ownerReferences\":[{\"$patch\":\"delete\",\"uid\":\"" + uid + "\"}]}}");
        } catch (KubernetesClientException e) {
            if (e.getCode() != GONE) {
                throw e;
            }
        }
    }
}
