package io.statefulkit.embedded.api.read;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Failure;
import io.statefulkit.embedded.api.Failures;
import io.statefulkit.embedded.api.ListOptions;
import io.statefulkit.embedded.api.Page;
import io.statefulkit.embedded.api.ResourceType;
import io.statefulkit.embedded.api.Violation;
import io.statefulkit.embedded.api.rule.Violations;
import io.statefulkit.embedded.api.select.FieldSelector;
import io.statefulkit.embedded.api.select.LabelSelector;
import io.statefulkit.embedded.json.Json;
import io.statefulkit.embedded.store.ObjectStore;
import io.statefulkit.embedded.store.Snapshot;
import java.util.List;
import java.util.OptionalLong;

/** Lists objects, in pages when asked to. */
public final class Reads {

    private static final List<String> MATCHES = List.of("Exact", "NotOlderThan", "");

    private final ObjectStore store;
    private final Filtered filtered = new Filtered();

    public Reads(ObjectStore store) {
        this.store = store;
    }

    public Page list(ResourceType type, String namespace, ListOptions options) {
        LabelSelector labels = LabelSelector.parse(options.labelSelector());
        checkMatch(options);
        FieldSelector fields = FieldSelector.parse(type, options.fieldSelector());
        ContinueToken from =
                options.continueToken().isEmpty() ? ContinueToken.FIRST : ContinueToken.parse(options.continueToken());
        Snapshot snapshot = snapshot(type, namespace, options, from);
        boolean all = labels.isEmpty() && fields.isEmpty();
        List<ObjectNode> found = all
                ? snapshot.objects()
                : filtered.of(
                        snapshot.objects(), labels, fields, options.labelSelector() + "\n" + options.fieldSelector());
        if (options.limit() <= 0 && from.start().isEmpty()) {
            return new Page(snapshot.revision(), found, "", OptionalLong.empty());
        }
        return page(namespace, options.limit(), from.start(), new Snapshot(snapshot.revision(), found), all);
    }

    private Snapshot snapshot(ResourceType type, String namespace, ListOptions options, ContinueToken from) {
        if (from.revision() != 0) {
            String named = options.resourceVersion();
            if (!named.isEmpty() && !named.equals("0")) {
                throw Failures.badRequest("specifying resource version is not allowed when using continue");
            }
            return from.revision() == ContinueToken.ANY
                    ? store.list(type.qualified(), namespace)
                    : store.listAt(type.qualified(), namespace, from.revision()).orElseThrow(() -> tokenExpired(from));
        }
        long wanted = Revisions.ofList(options.resourceVersion());
        if (options.resourceVersionMatch().equals("Exact")) {
            return store.listAt(type.qualified(), namespace, wanted).orElseThrow(() -> notAt(type, wanted));
        }
        Snapshot current = store.list(type.qualified(), namespace);
        Revisions.requireReached(wanted, current.revision());
        return current;
    }

    private Failure notAt(ResourceType type, long wanted) {
        long current = store.revision();
        return wanted > current
                ? Failures.tooLargeRevision(wanted, current)
                : Failures.expired("The resourceVersion for the provided list is too old: " + wanted + " ("
                        + store.oldest(type.qualified()) + ")");
    }

    /** What remains can still be had, as it is now. */
    private static Failure tokenExpired(ContinueToken token) {
        Failure failure = Failures.expired(
                "The provided continue parameter is too old to display a consistent list result. You can start a new"
                        + " list without the continue parameter, or use the continue token in this response to retrieve"
                        + " the remainder of the results. Continuing with the provided token results in an inconsistent"
                        + " list - objects that were created, modified, or deleted between the time the first chunk was"
                        + " returned and now may show up in the list.");
        Json.child(failure.status(), "metadata")
                .put("continue", new ContinueToken(ContinueToken.ANY, token.start()).text());
        return failure;
    }

    private static void checkMatch(ListOptions options) {
        String match = options.resourceVersionMatch();
        if (match.isEmpty()) {
            return;
        }
        Violations violations = new Violations();
        violations.addIf(
                options.resourceVersion().isEmpty(),
                Violation.forbidden(
                        "resourceVersionMatch",
                        "resourceVersionMatch is forbidden unless resourceVersion is provided"));
        violations.addIf(
                !options.continueToken().isEmpty(),
                Violation.forbidden(
                        "resourceVersionMatch", "resourceVersionMatch is forbidden when continue is provided"));
        violations.addIf(!MATCHES.contains(match), Violation.unsupported("resourceVersionMatch", match, MATCHES));
        violations.addIf(
                match.equals("Exact") && options.resourceVersion().equals("0"),
                Violation.forbidden(
                        "resourceVersionMatch",
                        "resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\""));
        if (!violations.isEmpty()) {
            throw Failures.invalid("meta.k8s.io", "ListOptions", "", violations.found());
        }
    }

    private static Page page(String namespace, int limit, String start, Snapshot found, boolean counted) {
        List<ObjectNode> rest = found.objects().stream()
                .filter(object -> position(namespace, object).compareTo(start) >= 0)
                .toList();
        int size = limit <= 0 ? rest.size() : Math.min(rest.size(), limit);
        List<ObjectNode> items = rest.subList(0, size);
        if (size == rest.size()) {
            return new Page(found.revision(), items, "", OptionalLong.empty());
        }
        // The first position after the last object: a name cannot contain NUL.
        String next = position(namespace, items.get(size - 1)) + "\0";
        String token = new ContinueToken(found.revision(), next).text();
        return new Page(
                found.revision(), items, token, counted ? OptionalLong.of(rest.size() - size) : OptionalLong.empty());
    }

    /** Returns where an object is in the order of lists. */
    private static String position(String namespace, ObjectNode object) {
        String name = Json.text(object, "metadata", "name");
        String own = Json.text(object, "metadata", "namespace");
        return own.isEmpty() || !namespace.isEmpty() ? "/" + name : "/" + own + "/" + name;
    }
}
