package io.statefulkit.embedded.http;

/** A request that is refused before it reaches the API. */
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient Answer answer;

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

    /** Returns the refusal of options that make no sense, such as {@code dryRun=Some}. */
    static Refusal invalidOptions(String kind, String message) {
        return of(422, "Invalid", kind + ".meta.k8s.io \"\" is invalid: " + message);
    }

    Answer answer() {
        return answer;
    }
}
