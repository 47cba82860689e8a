package io.statefulkit.junit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stops after a failure, so that somebody can look at the cluster as it is. */
record Pause(Duration most) {

    private static final Logger LOG = LoggerFactory.getLogger(Pause.class);
    private static final String FILE = "delete-me-to-go-on";

    /** Waits until the file in this directory is deleted, or for the longest time. */
    void in(Path directory, StatefulCluster.Info info) {
        Path file = directory.toAbsolutePath().resolve(FILE);
        try {
            Files.writeString(file, "");
            LOG.warn(
                    "paused for at most {} s: kubectl --kubeconfig {} -n {} get all,pvc,events; to go on: rm {}",
                    most.toSeconds(),
                    info.kubeconfig(),
                    info.namespace(),
                    file);
            Awaitility.await().atMost(most).pollInterval(Duration.ofMillis(200)).until(() -> !Files.exists(file));
        } catch (ConditionTimeoutException e) {
            LOG.warn("nobody went on within {} s, so the tests do", most.toSeconds());
        } catch (IOException | RuntimeException e) {
            // Whatever goes wrong here must not hide why the test failed.
            LOG.warn("cannot pause", e);
        }
    }
}
