package io.statefulkit.deploy;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.statefulkit.spec.Annotations;
import io.statefulkit.spec.Names;
import io.statefulkit.spec.StatefulSpec;
import io.statefulkit.spec.StatefulWorkload;
import io.statefulkit.spec.pod.Image;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Writes onto claims which server has written to them, once it was ready: the next deployment can then refuse an image that
 * cannot read the data (rules IMG04 and IMG05). Not part of the templates of claims, which can never be changed.
 */
public record ClaimNotes(KubernetesClient client, String namespace) {

    private static final String RETAINED = "statefulkit.dev/retained";

    /** Notes the image of this spec on its data claims; does nothing when its major version is unknown. */
    public void write(StatefulSpec spec) {
        Image image = spec.settings().pod().image().orElse(null);
        if (spec instanceof StatefulWorkload
                || image == null
                || image.major().isEmpty()
                || spec.settings().storage().claims().isEmpty()) {
            return;
        }
        Map<String, String> notes = Map.of(
                Annotations.MAJOR,
                Integer.toString(image.major().getAsInt()),
                Annotations.IMAGE_FAMILY,
                image.alpine() ? "alpine" : "debian");
        String claim = Names.dataClaim(spec.settings().storage());
        String prefix = claim + "-" + spec.name() + "-";
        client.persistentVolumeClaims().inNamespace(namespace).list().getItems().stream()
                .filter(one -> name(one).equals(claim)
                        || (name(one).startsWith(prefix)
                                && name(one).substring(prefix.length()).matches("\\d+")))
                .filter(one -> !annotations(one).entrySet().containsAll(notes.entrySet()) || retained(one))
                .forEach(one -> note(one, notes));
    }

    private void note(PersistentVolumeClaim claim, Map<String, String> notes) {
        List<String> pairs = notes.entrySet().stream()
                .map(note -> "\"" + note.getKey() + "\":\"" + note.getValue() + "\"")
                .sorted()
                .toList();
        client.resource(claim)
                .patch(
                        new PatchContext.Builder()
                                .withPatchType(PatchType.JSON_MERGE)
                                .withFieldManager("statefulkit-notes")
                                .build(),
                        "{\"metadata\":{\"annotations\":{" + String.join(",", pairs) + "},\"labels\":{\"" + RETAINED
                                + "\":null}}}");
    }

    private static boolean retained(PersistentVolumeClaim claim) {
        return claim.getMetadata().getLabels() != null
                && claim.getMetadata().getLabels().containsKey(RETAINED);
    }

    private static String name(PersistentVolumeClaim claim) {
        return claim.getMetadata().getName();
    }

    private static Map<String, String> annotations(PersistentVolumeClaim claim) {
        return Objects.requireNonNullElse(claim.getMetadata().getAnnotations(), Map.of());
    }
}
