package io.statefulkit.embedded.api;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** A request that was refused, as the {@code Status} that says so. */
public final class Failure extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient ObjectNode status;

    public Failure(ObjectNode status) {
        super(status.path("message").asText(), null, false, false);
        this.status = status;
    }

    /** Returns the {@code Status} body. */
    public ObjectNode status() {
        return status;
    }

    /** Returns the HTTP code. */
    public int code() {
        return status.path("code").asInt(500);
    }

    /** Returns the reason, such as {@code NotFound}, or an empty text. */
    public String reason() {
        return status.path("reason").asText("");
    }
}
