package io.statefulkit.embedded.node;

import io.fabric8.kubernetes.api.model.Container;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;

/** Reads the termination message of a container. */
final class LastWords {

    private static final int LONGEST = 4096;
    private static final int LOG_LINES = 80;
    private static final int LOG_BYTES = 2048;

    private LastWords() {}

    static String of(Container container, Instance instance, int exitCode) {
        String words = file(instance);
        boolean fallBack = "FallbackToLogsOnError".equals(container.getTerminationMessagePolicy());
        return words.isEmpty() && fallBack && exitCode != 0 ? instance.log().tail(LOG_LINES, LOG_BYTES) : words;
    }

    private static String file(Instance instance) {
        try {
            byte[] bytes = Files.readAllBytes(instance.terminationFile());
            int from = Math.max(0, bytes.length - LONGEST);
            return new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }
}
