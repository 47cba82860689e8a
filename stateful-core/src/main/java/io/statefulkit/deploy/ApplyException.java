package io.statefulkit.deploy;

/** Says that the cluster refuses what is to be deployed, or that it would not work; nothing has been waited for yet. */
public final class ApplyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String object;
    private final int code;

    /**
     * Says what is wrong with an object, and what to do.
     *
     * @param object kind and name
     * @param code the HTTP status of the API server, or 0
     * @param problem what is wrong
     * @param advice what to do
     */
    public ApplyException(String object, int code, String problem, String advice) {
        super(object + ": " + problem + "\n  do: " + advice);
        this.object = object;
        this.code = code;
    }

    /** Says the same, with what the API server or the connection to it said. */
    public ApplyException(String object, int code, String problem, String advice, Throwable cause) {
        this(object, code, problem, advice);
        initCause(cause);
    }

    /** Returns kind and name of the object. */
    public String object() {
        return object;
    }

    /** Returns the HTTP status that the API server answered with, or 0 when it was not asked to change anything. */
    public int code() {
        return code;
    }
}
