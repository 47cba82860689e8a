package io.statefulkit.embedded.api;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What flows in and out of containers: implemented by the node, used by the API server. All methods throw {@link Failure}
 * with the {@code Status} that a kubelet's answer becomes (no such container, not running ...).
 */
public interface ContainerStreams {

    /** Runs a command in a running container. */
    Execution exec(ExecRequest request, Output output);

    /** Attaches to the main process of a running container. */
    Execution attach(ExecRequest request, Output output);

    /** Does nothing when the container runs; throws what exec and attach would throw otherwise. */
    void requireRunning(String namespace, String pod, String container);

    /** Reads a log; lines end with a newline. The reader ends by {@code output.exited(0)}, or runs on when following. */
    Execution logs(LogRequest request, Output output);

    /** Returns where a port of a pod listens. */
    InetSocketAddress address(String namespace, String pod, int port);

    /** Kills the main process of a running container with SIGKILL; a node that cannot refuses. */
    default void kill(String namespace, String pod, String container) {
        throw Failures.badRequest("this node kills no processes");
    }

    /**
     * A command to run.
     *
     * @param namespace the namespace of the pod
     * @param pod the name of the pod
     * @param container the container; empty means the only one or the default one
     * @param command the argv; empty for attach
     * @param stdin whether the client sends input
     * @param tty whether there is a terminal
     */
    record ExecRequest(
            String namespace, String pod, String container, List<String> command, boolean stdin, boolean tty) {
        public ExecRequest {
            command = List.copyOf(command);
        }
    }

    /**
     * A log to read.
     *
     * @param namespace the namespace of the pod
     * @param pod the name of the pod
     * @param container the container; empty means the only one
     * @param follow whether to go on until the container ends
     * @param previous whether the instance before the current one is meant
     * @param timestamps whether each line starts with its time
     * @param tailLines how many last lines only
     * @param sinceSeconds lines of the last seconds only
     * @param sinceTime lines since an RFC 3339 time only
     * @param limitBytes how many bytes at most
     */
    record LogRequest(
            String namespace,
            String pod,
            String container,
            boolean follow,
            boolean previous,
            boolean timestamps,
            OptionalInt tailLines,
            OptionalLong sinceSeconds,
            Optional<String> sinceTime,
            OptionalLong limitBytes) {}

    /** Where output goes; called by one thread at a time, {@code exited} or {@code failed} last and once. */
    interface Output {
        /** Takes bytes of standard output. */
        void stdout(byte[] bytes);

        /** Takes bytes of standard error. */
        void stderr(byte[] bytes);

        /** Says that the command ended; all output came before. */
        void exited(int code);

        /** Says that the command could not be run. */
        void failed(String message);
    }

    /** A command that runs; closing it ends it. */
    interface Execution extends AutoCloseable {
        /** Sends input. */
        void stdin(byte[] bytes);

        /** Says that no more input comes. */
        void stdinClosed();

        /** Sets the size of the terminal. */
        void resize(int columns, int rows);

        @Override
        void close();
    }
}
