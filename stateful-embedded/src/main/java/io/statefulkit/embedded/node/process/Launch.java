package io.statefulkit.embedded.node.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a container runs.
 *
 * @param command the argv
 * @param environment the whole environment; nothing of the JVM's is inherited
 * @param directory where it starts
 * @param user who it runs as, when that is not the user of the JVM
 * @param log the file its output is added to
 * @param stdin whether its input stays open and can be written to
 * @param terminal whether it has a terminal
 * @param readOnly what it may read and not write, where the machine can see to that
 */
public record Launch(
        List<String> command,
        Map<String, String> environment,
        Path directory,
        Optional<ProcessUser> user,
        Path log,
        boolean stdin,
        boolean terminal,
        List<Path> readOnly) {
    public Launch {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
        readOnly = List.copyOf(readOnly);
    }
}
