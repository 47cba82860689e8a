package io.statefulkit.embedded.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.json.Json;
import io.statefulkit.embedded.store.ObjectStore;
import io.statefulkit.embedded.store.Snapshot;
import java.util.List;
import java.util.OptionalLong;

/** Lists objects, in pages when asked to. */
final class Reads {

    private final ObjectStore store;

    Reads(ObjectStore store) {
        this.store = store;
    }

    Page list(ResourceType type, String namespace, ListOptions options) {
        LabelSelector labels = LabelSelector.parse(options.labelSelector());
        FieldSelector fields = FieldSelector.parse(type, options.fieldSelector());
        Snapshot snapshot = store.list(type.qualified(), namespace);
        checkRevision(options, snapshot.revision());
        List<ObjectNode> found = labels.isEmpty() && fields.isEmpty()
                ? snapshot.objects()
                : snapshot.objects().stream()
                        .filter(object -> labels.matches(object) && fields.matches(object))
                        .toList();
        if (options.limit() <= 0 && options.continueToken().isEmpty()) {
            return new Page(snapshot.revision(), found, "", OptionalLong.empty());
        }
        return page(type, options, snapshot.revision(), found, labels.isEmpty() && fields.isEmpty());
    }

    private static void checkRevision(ListOptions options, long current) {
        long wanted = Revisions.parse(options.resourceVersion());
        if (wanted > current) {
            throw Failures.tooLargeRevision(wanted, current);
        }
    }

    private Page page(ResourceType type, ListOptions options, long revision, List<ObjectNode> found, boolean counted) {
        ContinueToken from = options.continueToken().isEmpty()
                ? new ContinueToken(revision, "")
                : ContinueToken.parse(options.continueToken());
        if (from.revision() < store.oldest(type.qualified())) {
            throw Failures.expired("The provided continue parameter is too old to display a consistent list result."
                    + " You can start a new list without the continue parameter.");
        }
        List<ObjectNode> rest = found.stream()
                .filter(object -> from.start().isEmpty() || position(object).compareTo(from.start()) > 0)
                .toList();
        int size = options.limit() <= 0 ? rest.size() : Math.min(rest.size(), options.limit());
        List<ObjectNode> items = rest.subList(0, size);
        if (size == rest.size()) {
            return new Page(from.revision(), items, "", OptionalLong.empty());
        }
        String token = new ContinueToken(from.revision(), position(items.get(size - 1))).text();
        return new Page(
                from.revision(), items, token, counted ? OptionalLong.of(rest.size() - size) : OptionalLong.empty());
    }

    /** Returns where an object is in the order of lists. */
    private static String position(ObjectNode object) {
        return Json.text(object, "metadata", "namespace") + "/" + Json.text(object, "metadata", "name");
    }
}
