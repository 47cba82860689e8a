package io.statefulkit.embedded.node;

import io.statefulkit.embedded.image.Image;
import io.statefulkit.embedded.node.log.ContainerLog;
import io.statefulkit.embedded.node.process.ContainerProcess;
import io.statefulkit.embedded.node.process.Launch;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One start of a container.
 *
 * @param id its id, new for each start
 * @param image what it was started from
 * @param launch what was started
 * @param process the processes; empty when the image needs none
 * @param log what it writes
 * @param rewriting how paths and addresses are rewritten in it
 * @param terminationFile where it may leave its last words
 * @param startedAt when it was started
 */
record Instance(
        String id,
        Image image,
        Launch launch,
        Optional<ContainerProcess> process,
        ContainerLog log,
        Rewriting rewriting,
        Path terminationFile,
        Instant startedAt) {

    /** Returns what runs a command inside this container. */
    Launch command(List<String> argv) {
        return new Launch(
                TarNames.kept(argv, rewriting.words(argv), rewriting.paths()),
                launch.environment(),
                launch.directory(),
                launch.user(),
                launch.log(),
                true,
                false,
                List.of());
    }
}
