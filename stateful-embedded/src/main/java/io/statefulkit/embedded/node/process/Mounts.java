package io.statefulkit.embedded.node.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** File systems that are mounted in a node's directory, such as those of volumes with a size. */
final class Mounts {

    private static final Logger LOG = LoggerFactory.getLogger(Mounts.class);

    private Mounts() {}

    /** Takes away what is mounted below a directory. */
    static void release(Path directory) {
        try (Stream<String> mounts = Files.lines(Path.of("/proc/self/mounts"))) {
            List<String> below = mounts.map(line -> line.split(" ", -1)[1])
                    .filter(place -> place.startsWith(directory + "/"))
                    .toList();
            for (String place : below) {
                var unused =
                        new ProcessBuilder("umount", "--lazy", place).start().waitFor(10, TimeUnit.SECONDS);
            }
        } catch (IOException e) {
            LOG.debug("mounts below {} could not be released: {}", directory, e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
