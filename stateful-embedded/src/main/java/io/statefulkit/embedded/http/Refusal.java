package io.statefulkit.embedded.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Failure;

/** A request that is refused before it reaches the API. */
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient Answer answer;

    /** The server's rules refuse it. */
    static Refusal of(Failure failure) {
        return new Refusal(String.valueOf(failure.getMessage()), Answer.failure(failure));
    }

    private Refusal(String message, Answer answer) {
        super(message, null, false, false);
        this.answer = answer;
    }

    static Refusal of(int code, String reason, String message) {
        return new Refusal(message, Answer.json(code, Statuses.failure(code, reason, message)));
    }

    static Refusal badRequest(String message) {
        return of(400, "BadRequest", message);
    }

    /** Returns the refusal of the protocol that clients before Kubernetes 1.31 speak. */
    static Refusal spdy() {
        return badRequest("this server streams over WebSockets only: use kubectl 1.31 or newer");
    }

    /** Returns the refusal of a path that no resource has. */
    static Refusal pageNotFound() {
        return new Refusal("no such path", Answer.text(404, "404 page not found\n"));
    }

    /** Returns the refusal of a subresource that the resource does not have. */
    static Refusal noSuchSubresource() {
        String message = "the server could not find the requested resource";
        return new Refusal(message, Answer.json(404, Statuses.routing(404, "NotFound", message)));
    }

    /** Returns the refusal of a method that the resource does not have. */
    static Refusal methodNotAllowed() {
        String message = "the server does not allow this method on the requested resource";
        return new Refusal(message, Answer.json(405, Statuses.routing(405, "MethodNotAllowed", message)));
    }

    /** Returns the refusal of a patch of an unknown type. */
    static Refusal unknownPatch() {
        String message = "415: Unsupported Media Type";
        return new Refusal(message, Answer.json(415, Statuses.routing(415, "UnsupportedMediaType", message)));
    }

    /**
     * Returns the refusal of options that make no sense, such as {@code dryRun=Some}.
     *
     * @param kind the kind of the options
     * @param reason the reason of the cause, such as {@code FieldValueForbidden}
     * @param field the option
     * @param problem what is wrong with it
     */
    static Refusal invalidOptions(String kind, String reason, String field, String problem) {
        String message = kind + ".meta.k8s.io \"\" is invalid: " + field + ": " + problem;
        ObjectNode status = Statuses.failure(422, "Invalid", message);
        ObjectNode details =
                status.putObject("details").put("group", "meta.k8s.io").put("kind", kind);
        details.putArray("causes")
                .addObject()
                .put("reason", reason)
                .put("message", problem)
                .put("field", field);
        return new Refusal(message, Answer.json(422, status));
    }

    Answer answer() {
        return answer;
    }
}
