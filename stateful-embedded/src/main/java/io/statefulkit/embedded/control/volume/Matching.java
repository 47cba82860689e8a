package io.statefulkit.embedded.control.volume;

import com.fasterxml.jackson.databind.JsonNode;
import io.statefulkit.embedded.control.loop.Resource;
import io.statefulkit.embedded.control.loop.Selector;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which existing volume a claim gets. */
public final class Matching {

    private Matching() {}

    /**
     * Returns the volume that is meant for the claim, or the smallest free one that fits.
     *
     * @param node where the volume must be reachable, when that is known
     */
    public static Optional<Resource> find(Resource claim, List<Resource> volumes, Optional<Resource> node) {
        // Most volumes are another claim's: they are passed over before anything is computed.
        List<Resource> free = new ArrayList<>();
        for (Resource volume : volumes) {
            JsonNode ref = volume.spec().path("claimRef");
            if (!ref.isObject()) {
                free.add(volume);
            } else if (ref.path("name").asText("").equals(claim.name())
                    && Claims.refersTo(volume, claim)
                    && !volume.deleting()
                    && fits(claim, volume)) {
                return Optional.of(volume).filter(its -> reachable(its, node));
            }
        }
        return free.stream()
                .filter(volume -> !volume.deleting())
                .filter(volume -> volume.status().path("phase").asText("").equals("Available"))
                .filter(volume -> fits(claim, volume))
                .filter(volume -> reachable(volume, node))
                .min(Comparator.comparing(Claims::capacity).thenComparing(Resource::name));
    }

    private static boolean reachable(Resource volume, Optional<Resource> node) {
        return node.isEmpty() || reachable(volume, node.get());
    }

    /** Returns whether a volume can be used on a node. */
    public static boolean reachable(Resource volume, Resource node) {
        JsonNode required = volume.spec().path("nodeAffinity").path("required");
        return required.isMissingNode() || nodeMatches(required, node);
    }

    /** Returns whether a node matches one of the terms of a node selector. */
    public static boolean nodeMatches(JsonNode nodeSelector, Resource node) {
        JsonNode labels = node.json().path("metadata").path("labels");
        for (JsonNode term : nodeSelector.path("nodeSelectorTerms")) {
            if (Selector.matchesExpressions(term.path("matchExpressions"), labels)
                    && matchesFields(term.path("matchFields"), node)) {
                return true;
            }
        }
        return false;
    }

    static boolean fits(Resource claim, Resource volume) {
        return mismatch(claim, volume).isEmpty()
                && (!claim.spec().hasNonNull("selector")
                        || Selector.matches(claim.spec().path("selector"), volume));
    }

    /** Returns why a claim cannot have a volume, even when it asks for it by name; a selector does not count then. */
    static Optional<String> mismatch(Resource claim, Resource volume) {
        if (volume.deleting()) {
            return Optional.of("the volume is marked for deletion \"" + volume.name() + "\"");
        }
        if (Claims.capacity(volume).compareTo(Claims.requested(claim)) < 0) {
            return Optional.of("requested PV is too small");
        }
        if (!Claims.storageClass(volume).equals(Claims.storageClass(claim))) {
            return Optional.of("storageClassName does not match");
        }
        if (!mode(volume).equals(mode(claim))) {
            return Optional.of("incompatible volumeMode");
        }
        boolean accessible = texts(volume.spec().path("accessModes"))
                .containsAll(texts(claim.spec().path("accessModes")));
        return accessible ? Optional.empty() : Optional.of("incompatible accessMode");
    }

    private static boolean matchesFields(JsonNode fields, Resource node) {
        var names = node.json().objectNode().put("metadata.name", node.name());
        return Selector.matchesExpressions(fields, names);
    }

    private static String mode(Resource claimOrVolume) {
        return claimOrVolume.spec().path("volumeMode").asText("Filesystem");
    }

    private static Set<String> texts(JsonNode list) {
        Set<String> texts = new HashSet<>();
        list.forEach(each -> texts.add(each.asText()));
        return texts;
    }
}
