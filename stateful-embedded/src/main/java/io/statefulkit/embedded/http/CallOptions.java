package io.statefulkit.embedded.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.DeleteOptions;
import io.statefulkit.embedded.api.ListOptions;
import io.statefulkit.embedded.api.WatchOptions;
import io.statefulkit.embedded.api.WriteOptions;
import io.statefulkit.embedded.api.WriteOptions.Validation;
import io.statefulkit.embedded.api.decode.DeleteBody;
import io.statefulkit.embedded.json.Json;
import java.util.OptionalInt;

/** Reads the options of the API's calls from parameters and bodies. */
final class CallOptions {

    private static final String FORBIDDEN = "FieldValueForbidden";
    private static final int MAX_MANAGER = 128;

    private CallOptions() {}

    static ListOptions list(Query query) {
        if (query.flag("sendInitialEvents")) {
            throw Refusal.invalidOptions(
                    "ListOptions",
                    FORBIDDEN,
                    "sendInitialEvents",
                    "Forbidden: sendInitialEvents is forbidden for list");
        }
        return selection(query);
    }

    /** Returns what selects objects; used by deletion of collections too. */
    static ListOptions selection(Query query) {
        return new ListOptions(
                query.text("labelSelector"),
                query.text("fieldSelector"),
                limit(query),
                query.text("continue"),
                query.text("resourceVersion"),
                query.text("resourceVersionMatch"));
    }

    /** Returns the limit of a page, 0 for none. How long a list may take is not limited, but has to be a number, too. */
    private static int limit(Query query) {
        var unused = query.number("timeoutSeconds");
        return Math.max(0, query.integer("limit").orElse(0));
    }

    /** Returns the options of a watch; a name, when given, narrows it to one object. */
    static WatchOptions watch(Query query, String name) {
        var unused = limit(query);
        boolean initial = query.flag("sendInitialEvents");
        String match = query.text("resourceVersionMatch");
        if (initial && !match.equals("NotOlderThan")) {
            throw Refusal.invalidOptions(
                    "ListOptions",
                    FORBIDDEN,
                    "resourceVersionMatch",
                    "Forbidden: sendInitialEvents requires setting resourceVersionMatch to" + " NotOlderThan");
        }
        if (!initial && !match.isEmpty()) {
            throw Refusal.invalidOptions(
                    "ListOptions",
                    FORBIDDEN,
                    "resourceVersionMatch",
                    "Forbidden: resourceVersionMatch is forbidden for watch unless" + " sendInitialEvents is provided");
        }
        String fields = query.text("fieldSelector");
        if (!name.isEmpty()) {
            fields = (fields.isEmpty() ? "" : fields + ",") + "metadata.name=" + name;
        }
        return new WatchOptions(
                query.text("labelSelector"),
                fields,
                query.text("resourceVersion"),
                query.flag("allowWatchBookmarks"),
                initial);
    }

    static WriteOptions write(Call call, String optionsKind) {
        Query query = call.query();
        return new WriteOptions(
                manager(call, optionsKind),
                dryRun(query.text("dryRun"), optionsKind),
                query.flag("force"),
                validation(query.text("fieldValidation"), optionsKind));
    }

    /** Returns the options of a deletion: those of the body, else those of the query. */
    static DeleteOptions delete(Call call) {
        Query query = call.query();
        ObjectNode body =
                call.body().length() == 0 ? Json.object() : DeleteBody.read(Bodies.object(call, "DeleteOptions"));
        if (body.has("propagationPolicy") && body.has("orphanDependents")) {
            throw Refusal.invalidOptions(
                    "DeleteOptions",
                    "FieldValueInvalid",
                    "propagationPolicy",
                    "Invalid value: " + body.path("propagationPolicy")
                            + ": orphanDependents and deletionPropagation cannot be both set");
        }
        JsonNode grace = body.path("gracePeriodSeconds");
        JsonNode preconditions = body.path("preconditions");
        String policy = body.path("propagationPolicy").asText(query.text("propagationPolicy"));
        if (policy.isEmpty()) {
            policy = orphan(body.path("orphanDependents").asText(query.text("orphanDependents")));
        }
        JsonNode dryRun = body.path("dryRun").path(0);
        return new DeleteOptions(
                grace.isNumber() ? OptionalInt.of(grace.intValue()) : query.integer("gracePeriodSeconds"),
                policy,
                preconditions.path("uid").asText(""),
                preconditions.path("resourceVersion").asText(""),
                dryRun(dryRun.isTextual() ? dryRun.asText() : query.text("dryRun"), "DeleteOptions"));
    }

    private static String orphan(String flag) {
        return switch (flag) {
            case "true" -> "Orphan";
            case "false" -> "Background";
            default -> "";
        };
    }

    private static String manager(Call call, String kind) {
        String given = call.query().text("fieldManager");
        if (given.length() > MAX_MANAGER) {
            throw Refusal.invalidOptions(
                    kind,
                    "FieldValueTooLong",
                    "fieldManager",
                    "Too long: may not be more than " + MAX_MANAGER + " bytes");
        }
        if (!given.isEmpty() || call.contentType().startsWith("application/apply-patch")) {
            return given;
        }
        String agent = call.userAgent();
        int slash = agent.indexOf('/');
        String name = slash < 0 ? agent : agent.substring(0, slash);
        return name.isEmpty() ? "unknown" : name.substring(0, Math.min(name.length(), MAX_MANAGER));
    }

    private static boolean dryRun(String value, String kind) {
        if (value.isEmpty() || value.equals("All")) {
            return !value.isEmpty();
        }
        throw Refusal.invalidOptions(
                kind,
                "FieldValueNotSupported",
                "dryRun",
                "Unsupported value: [\"" + value + "\"]: supported values: \"All\"");
    }

    private static Validation validation(String value, String kind) {
        return switch (value) {
            case "", "Warn" -> Validation.WARN;
            case "Ignore" -> Validation.IGNORE;
            case "Strict" -> Validation.STRICT;
            default ->
                throw Refusal.invalidOptions(
                        kind,
                        "FieldValueNotSupported",
                        "fieldValidation",
                        "Unsupported value: \"" + value
                                + "\": supported values: \"\", \"Ignore\", \"Strict\", \"Warn\"");
        };
    }
}
