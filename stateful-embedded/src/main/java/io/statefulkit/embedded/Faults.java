package io.statefulkit.embedded;

/**
 * Does to containers what a test cannot do through the API: as a failing machine would. Safe for use by many threads.
 *
 * <p>Every method throws {@link IllegalArgumentException} when there is no such pod or container, or when it does not run.
 */
public interface Faults {

    /** Kills the main process of the only container of a pod, or of its first one, with SIGKILL. */
    void kill(String namespace, String pod);

    /** Kills the main process of a container with SIGKILL: the container ends with exit code 137. */
    void kill(String namespace, String pod, String container);

    /** Stops all processes of a container with SIGSTOP: they keep their connections and answer nothing. */
    void freeze(String namespace, String pod, String container);

    /** Lets the processes of a frozen container go on. */
    void thaw(String namespace, String pod, String container);
}
