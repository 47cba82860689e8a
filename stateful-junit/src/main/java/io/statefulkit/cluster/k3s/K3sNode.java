package io.statefulkit.cluster.k3s;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.containers.GenericContainer;

/**
 * A container that is a node.
 *
 * @param container the container
 */
record K3sNode(GenericContainer<?> container) {

    /**
     * Runs a command in it and returns what it prints.
     *
     * @throws IllegalStateException when it does not end with 0
     */
    String run(String... command) {
        try {
            ExecResult result = container.execInContainer(command);
            if (result.getExitCode() != 0) {
                throw new IllegalStateException(
                        String.join(" ", command) + " ended with " + result.getExitCode() + ": " + result.getStderr());
            }
            return result.getStdout();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run " + String.join(" ", command) + " in the node", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + String.join(" ", command) + " ran in the node", e);
        }
    }
}
