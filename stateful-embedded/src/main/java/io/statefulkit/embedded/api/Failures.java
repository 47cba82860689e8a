package io.statefulkit.embedded.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.json.Json;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Makes failures with the messages, reasons and details that Kubernetes gives. */
public final class Failures {

    private Failures() {}

    /** The request itself is wrong. */
    public static Failure badRequest(String message) {
        return new Failure(status(400, "BadRequest", message));
    }

    /** There is no such object. */
    public static Failure notFound(ResourceType type, String name) {
        return about(404, "NotFound", quoted(type, name) + " not found", type, name);
    }

    /** There is no such path. */
    public static Failure notFound() {
        return withEmptyDetails(404, "NotFound", "the server could not find the requested resource");
    }

    /** The patch is of a kind that nobody here reads. */
    public static Failure unsupportedPatch() {
        return withEmptyDetails(415, "UnsupportedMediaType", "415: Unsupported Media Type");
    }

    /** The name is taken. */
    public static Failure alreadyExists(ResourceType type, String name, boolean deleting) {
        String prefix = deleting ? "object is being deleted: " : "";
        return about(409, "AlreadyExists", prefix + quoted(type, name) + " already exists", type, name);
    }

    /** Another writer was faster than the one who read the object before. */
    public static Failure conflict(ResourceType type, String name) {
        return conflict(
                type,
                name,
                "the object has been modified; please apply your changes to the latest version and try again");
    }

    public static Failure conflict(ResourceType type, String name, String why) {
        return about(
                409, "Conflict", "Operation cannot be fulfilled on " + quoted(type, name) + ": " + why, type, name);
    }

    /** A precondition of a deletion does not hold; here the details name the kind. */
    public static Failure deleteConflict(ResourceType type, String name, String why) {
        ObjectNode status = status(
                409,
                "Conflict",
                "Operation cannot be fulfilled on " + type.qualifiedKind() + " \"" + name + "\": " + why);
        details(status, name, type.group(), type.kind());
        return new Failure(status);
    }

    /** Admission says no. */
    public static Failure forbidden(ResourceType type, String name, String why) {
        return about(403, "Forbidden", quoted(type, name) + " is forbidden: " + why, type, name);
    }

    /** Nothing new may come into a namespace that is going. */
    public static Failure namespaceTerminating(ResourceType type, String name, String namespace) {
        Failure failure = forbidden(
                type,
                name,
                "unable to create new content in namespace " + namespace + " because it is being terminated");
        cause(
                failure.status(),
                "NamespaceTerminating",
                "namespace " + namespace + " is being terminated",
                "metadata.namespace");
        return failure;
    }

    /** The object is not valid. */
    public static Failure invalid(ResourceType type, String name, Collection<Violation> violations) {
        return invalid(type.group(), type.kind(), name, violations);
    }

    /** The options or another object that is not stored are not valid. */
    public static Failure invalid(String group, String kind, String name, Collection<Violation> violations) {
        List<String> texts = violations.stream()
                .map(violation -> violation.field() + ": " + violation.body())
                .distinct()
                .toList();
        String qualified = group.isEmpty() ? kind : kind + "." + group; // Empty for a patch that fits no object.
        String text = texts.size() == 1 ? texts.get(0) : texts.stream().collect(Collectors.joining(", ", "[", "]"));
        ObjectNode status = status(422, "Invalid", qualified + " \"" + name + "\" is invalid: " + text);
        details(status, name, group, kind);
        for (Violation violation : violations) {
            cause(status, violation.reason(), violation.body(), violation.field());
        }
        return new Failure(status);
    }

    /** There is nothing to answer with, and nothing is wrong with that. */
    public static Failure noContent() {
        return new Failure(status(204, "", ""));
    }

    /** A pod cannot be assigned to a node. */
    public static Failure bindingConflict(String name, String why) {
        ObjectNode status =
                status(409, "Conflict", "Operation cannot be fulfilled on pods/binding \"" + name + "\": " + why);
        details(status, name, "", "pods/binding");
        return new Failure(status);
    }

    /** A token is to be bound to an object that is another one by now. */
    public static Failure boundToAnother(String kind, String name, String uid) {
        ObjectNode status = status(
                409,
                "Conflict",
                "Operation cannot be fulfilled on " + kind + " \"" + name
                        + "\": the UID in the bound object reference (" + uid
                        + ") does not match the UID in record. The object might have been deleted and then recreated");
        details(status, name, "", kind);
        return new Failure(status);
    }

    /** A patch that can be read cannot be applied. */
    public static Failure unprocessablePatch() {
        return withEmptyDetails(422, "Invalid", "the server rejected our request due to an error in our request");
    }

    /** Fields belong to other managers. */
    public static Failure applyConflict(String message, List<Violation> conflicts) {
        ObjectNode status = status(409, "Conflict", message);
        status.putObject("details");
        for (Violation conflict : conflicts) {
            cause(status, conflict.reason(), conflict.body(), conflict.field());
        }
        return new Failure(status);
    }

    /** The revision is so old that its changes are forgotten. */
    public static Failure expired(String message) {
        return new Failure(status(410, "Expired", message));
    }

    /** A disruption budget does not allow an eviction now. */
    public static Failure disruptionBudget(String message, int retryAfterSeconds) {
        ObjectNode status =
                status(429, "TooManyRequests", "Cannot evict pod as it would violate the pod's disruption budget.");
        status.putObject("details");
        cause(status, "DisruptionBudget", message, "");
        if (retryAfterSeconds > 0) {
            Json.child(status, "details").put("retryAfterSeconds", retryAfterSeconds);
        }
        return new Failure(status);
    }

    /** Something that the client cannot help went wrong. */
    public static Failure internal(String message) {
        ObjectNode status = status(500, "InternalError", "Internal error occurred: " + message);
        status.putObject("details");
        cause(status, "", message, "");
        return new Failure(status);
    }

    /** An error that has no reason, as storage gives it. */
    public static Failure plain(int code, String message) {
        return new Failure(status(code, "", message));
    }

    /** The revision that was asked for is not there yet. */
    public static Failure tooLargeRevision(long wanted, long current) {
        ObjectNode status =
                status(504, "Timeout", "Timeout: Too large resource version: " + wanted + ", current: " + current);
        ObjectNode details = status.putObject("details");
        cause(status, "ResourceVersionTooLarge", "Too large resource version", "");
        details.put("retryAfterSeconds", 1);
        return new Failure(status);
    }

    private static Failure about(int code, String reason, String message, ResourceType type, String name) {
        ObjectNode status = status(code, reason, message);
        details(status, name, type.group(), type.plural());
        return new Failure(status);
    }

    private static Failure withEmptyDetails(int code, String reason, String message) {
        ObjectNode status = status(code, reason, message);
        status.putObject("details");
        return new Failure(status);
    }

    private static ObjectNode status(int code, String reason, String message) {
        ObjectNode status = Json.object();
        status.put("kind", "Status").put("apiVersion", "v1").putObject("metadata");
        status.put("status", "Failure").put("message", message);
        if (!reason.isEmpty()) {
            status.put("reason", reason);
        }
        return status.put("code", code);
    }

    private static void details(ObjectNode status, String name, String group, String kind) {
        ObjectNode details = status.putObject("details");
        if (!name.isEmpty()) {
            details.put("name", name);
        }
        if (!group.isEmpty()) {
            details.put("group", group);
        }
        if (!kind.isEmpty()) {
            details.put("kind", kind);
        }
    }

    private static void cause(ObjectNode status, String reason, String message, String field) {
        ObjectNode details = Json.child(status, "details");
        ArrayNode causes = details.withArray("causes");
        ObjectNode cause = causes.addObject();
        if (!reason.isEmpty()) {
            cause.put("reason", reason);
        }
        cause.put("message", message);
        if (!field.isEmpty()) {
            cause.put("field", field);
        }
    }

    private static String quoted(ResourceType type, String name) {
        return type.qualified() + " \"" + name + "\"";
    }
}
