package io.statefulkit.embedded.control.volume;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Quantity;
import io.statefulkit.embedded.control.loop.Resource;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** What claims and volumes say about each other. */
public final class Claims {

    /** The annotation by which the scheduler says where the first consumer goes. */
    public static final String SELECTED_NODE = "volume.kubernetes.io/selected-node";

    static final String BIND_COMPLETED = "pv.kubernetes.io/bind-completed";
    static final String BOUND_BY_CONTROLLER = "pv.kubernetes.io/bound-by-controller";
    static final String PROVISIONER = "volume.kubernetes.io/storage-provisioner";
    static final String PROVISIONER_BETA = "volume.beta.kubernetes.io/storage-provisioner";
    static final String PROVISIONED_BY = "pv.kubernetes.io/provisioned-by";

    private Claims() {}

    /** Returns the names of the claims that a pod mounts. */
    public static Set<String> of(Resource pod) {
        Set<String> names = new HashSet<>();
        for (JsonNode volume : pod.spec().path("volumes")) {
            if (volume.hasNonNull("persistentVolumeClaim")) {
                names.add(volume.path("persistentVolumeClaim").path("claimName").asText());
            } else if (volume.hasNonNull("ephemeral")) {
                names.add(ofEphemeral(pod, volume));
            }
        }
        return names;
    }

    /** Returns whether a pod has volumes whose claims live as long as it does. */
    static boolean anyEphemeral(Resource pod) {
        for (JsonNode volume : pod.spec().path("volumes")) {
            if (volume.hasNonNull("ephemeral")) {
                return true;
            }
        }
        return false;
    }

    /** Returns the name of the claim that is made for a volume of a pod. */
    static String ofEphemeral(Resource pod, JsonNode volume) {
        return pod.name() + "-" + volume.path("name").asText();
    }

    /** Returns whether the claim of this name is to be made for a pod. */
    public static boolean ephemeral(Resource pod, String claim) {
        for (JsonNode volume : pod.spec().path("volumes")) {
            if (volume.hasNonNull("ephemeral") && ofEphemeral(pod, volume).equals(claim)) {
                return true;
            }
        }
        return false;
    }

    /** Returns why a claim is not the one that was made for a pod, if it is not. */
    public static Optional<String> notOf(Resource pod, Resource claim) {
        return claim.controlledBy(pod.uid())
                ? Optional.empty()
                : Optional.of("PVC " + claim.key() + " was not created for pod " + pod.key() + " (pod is not owner)");
    }

    /** Returns whether a claim is bound for good. */
    public static boolean bound(Resource claim) {
        return !volume(claim).isEmpty()
                && claim.json().path("metadata").path("annotations").has(BIND_COMPLETED);
    }

    /** Returns whether only one pod of the whole cluster may use a claim. */
    public static boolean exclusive(Resource claim) {
        for (JsonNode mode : claim.spec().path("accessModes")) {
            if (mode.asText().equals("ReadWriteOncePod")) {
                return true;
            }
        }
        return false;
    }

    /** Returns the volume a claim asks for or has, or an empty text. */
    public static String volume(Resource claim) {
        return claim.spec().path("volumeName").asText("");
    }

    /** Returns the class of a claim or a volume, or an empty text. */
    public static String storageClass(Resource claimOrVolume) {
        return claimOrVolume.spec().path("storageClassName").asText("");
    }

    /** Returns whether a volume is meant for this claim. */
    static boolean refersTo(Resource volume, Resource claim) {
        JsonNode ref = volume.spec().path("claimRef");
        String uid = ref.path("uid").asText("");
        return ref.path("name").asText("").equals(claim.name())
                && ref.path("namespace").asText("").equals(claim.namespace())
                && (uid.isEmpty() || uid.equals(claim.uid()));
    }

    /** Returns how much a claim asks for. */
    public static BigDecimal requested(Resource claim) {
        return bytes(claim.spec().path("resources").path("requests").path("storage"));
    }

    /** Returns how much room a bound claim has. */
    static BigDecimal granted(Resource claim) {
        return bytes(claim.status().path("capacity").path("storage"));
    }

    static BigDecimal capacity(Resource volume) {
        return bytes(volume.spec().path("capacity").path("storage"));
    }

    private static BigDecimal bytes(JsonNode quantity) {
        String text = quantity.asText("");
        return text.isEmpty() ? BigDecimal.ZERO : Quantity.getAmountInBytes(new Quantity(text));
    }
}
