package io.statefulkit.embedded.fidelity;

import com.fasterxml.jackson.databind.JsonNode;
import io.statefulkit.embedded.node.process.Processes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whether the scripts of a pod hear the signal that stops them. They set a trap and then sleep, again and again; a container runs,
 * and is ready when it has no probe, before its shell is as far as that, and the first process of a namespace does not hear what it
 * has no trap for. The scenarios waited for seconds there, a replay does not.
 */
final class Traps {

    private static final Path PROC = Path.of("/proc");
    private static final String SCHEME = "process://";

    private Traps() {}

    /** Returns whether each container that runs and sets a trap has set it. */
    static boolean set(JsonNode pod) {
        return set(pod, "containers", "containerStatuses") && set(pod, "initContainers", "initContainerStatuses");
    }

    private static boolean set(JsonNode pod, String specs, String statuses) {
        for (JsonNode status : pod.path("status").path(statuses)) {
            String id = status.path("containerID").asText();
            boolean waits = status.path("state").has("running")
                    && traps(pod.path("spec").path(specs), status.path("name").asText())
                    && id.startsWith(SCHEME);
            if (waits && !sleeps(id.substring(SCHEME.length()))) {
                return false;
            }
        }
        return true;
    }

    private static boolean traps(JsonNode containers, String name) {
        for (JsonNode container : containers) {
            String command = container.path("command").toString();
            if (container.path("name").asText().equals(name)) {
                return command.contains("trap ") && command.contains("sleep ");
            }
        }
        return false;
    }

    private static boolean sleeps(String container) {
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path process : processes) {
                if (text(process.resolve("comm")).equals("sleep\n")
                        && text(process.resolve("environ")).contains(Processes.MARKER + "=" + container)) {
                    return true;
                }
            }
            return false;
        } catch (IOException | DirectoryIteratorException e) {
            return false;
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            // The process is gone.
            return "";
        }
    }
}
