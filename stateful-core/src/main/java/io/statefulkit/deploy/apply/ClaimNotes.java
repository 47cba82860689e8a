package io.statefulkit.deploy.apply;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.statefulkit.deploy.watch.Forbidden;
import io.statefulkit.internal.Marks;
import io.statefulkit.internal.NotApi;
import io.statefulkit.spec.Annotations;
import io.statefulkit.spec.Names;
import io.statefulkit.spec.StatefulSpec;
import io.statefulkit.spec.StatefulWorkload;
import io.statefulkit.spec.pod.Image;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes onto claims which server has written to them, once it was ready: the next deployment can then refuse an image that
 * cannot read the data (rules IMG04 and IMG05). Not part of the templates of claims, which can never be changed. What an
 * earlier deployment had left behind is in use again, and no longer marked as kept.
 */
@NotApi
public record ClaimNotes(KubernetesClient client, String namespace) {

    private static final Logger LOG = LoggerFactory.getLogger(ClaimNotes.class);
    private static final String INSTANCE = "app.kubernetes.io/instance";

    /**
     * Notes the image of this spec on its data claims, if its major version is known, and takes the marks of what was kept
     * away. What is not permitted is left out: the deployment itself has succeeded.
     */
    public void write(StatefulSpec spec) {
        ifPermitted(() -> claims(spec));
        ifPermitted(() -> secrets(spec));
    }

    private static void ifPermitted(Runnable notes) {
        try {
            notes.run();
        } catch (KubernetesClientException e) {
            Forbidden.orThrow(e);
            LOG.debug("notes on claims or Secrets are left out, since they are not permitted", e);
        }
    }

    private void claims(StatefulSpec spec) {
        List<PersistentVolumeClaim> claims =
                client.persistentVolumeClaims().inNamespace(namespace).list().getItems();
        image(spec, claims);
        claims.stream()
                .filter(ClaimNotes::retained)
                .filter(claim ->
                        name(claim).equals(Names.dataClaim(spec.settings().storage())) || of(spec, claim))
                .forEach(this::inUse);
    }

    private void secrets(StatefulSpec spec) {
        client.secrets()
                .inNamespace(namespace)
                .withLabel(Annotations.RETAINED)
                .withLabel(INSTANCE, spec.name())
                .list()
                .getItems()
                .forEach(this::inUse);
    }

    private void inUse(HasMetadata object) {
        client.resource(object).patch(patch(), "{\"metadata\":{\"labels\":{\"" + Annotations.RETAINED + "\":null}}}");
    }

    private void image(StatefulSpec spec, List<PersistentVolumeClaim> claims) {
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
        claims.stream()
                .filter(one -> name(one).equals(claim)
                        || (name(one).startsWith(prefix)
                                && name(one).substring(prefix.length()).matches("\\d+")))
                .filter(one -> !Marks.annotations(one.getMetadata()).entrySet().containsAll(notes.entrySet()))
                .forEach(one -> note(one, notes));
    }

    private void note(PersistentVolumeClaim claim, Map<String, String> notes) {
        List<String> pairs = notes.entrySet().stream()
                .map(note -> "\"" + note.getKey() + "\":\"" + note.getValue() + "\"")
                .sorted()
                .toList();
        client.resource(claim).patch(patch(), "{\"metadata\":{\"annotations\":{" + String.join(",", pairs) + "}}}");
    }

    private static PatchContext patch() {
        return MergePatch.by("statefulkit-notes");
    }

    private static boolean retained(PersistentVolumeClaim claim) {
        return Marks.labels(claim.getMetadata()).containsKey(Annotations.RETAINED);
    }

    private static boolean of(StatefulSpec spec, PersistentVolumeClaim claim) {
        return spec.name().equals(Marks.labels(claim.getMetadata()).get(INSTANCE));
    }

    private static String name(PersistentVolumeClaim claim) {
        return claim.getMetadata().getName();
    }
}
