package io.statefulkit.deploy;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Why a workload is not where it should be.
 *
 * @param workload which workload
 * @param missing what is missing
 * @param troubles what keeps it from getting there, the most telling first; may be empty
 * @param events the last events about it, one line each
 * @param logs the last lines of containers that are in trouble
 */
public record Diagnosis(
        WorkloadRef workload, String missing, List<Trouble> troubles, List<String> events, List<LogTail> logs) {

    /** Copies the lists. */
    public Diagnosis {
        troubles = List.copyOf(troubles);
        events = List.copyOf(events);
        logs = List.copyOf(logs);
    }

    /**
     * The end of the log of a container.
     *
     * @param pod the pod
     * @param container the container
     * @param lines its last lines; of the instance before, when the current one has not written yet
     */
    public record LogTail(String pod, String container, List<String> lines) {
        /** Copies the lines. */
        public LogTail {
            lines = List.copyOf(lines);
        }
    }

    /** Returns the most telling trouble, if one was found. */
    public Optional<Trouble> cause() {
        return troubles.stream().findFirst();
    }

    /** Returns the whole diagnosis in a few lines. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("missing: ").append(missing);
        troubles.forEach(trouble -> text.append("\n  cause: ").append(trouble));
        events.forEach(event -> text.append("\n  event: ").append(event));
        logs.forEach(tail -> text.append("\n  log of ")
                .append(tail.pod())
                .append('/')
                .append(tail.container())
                .append(":\n")
                .append(tail.lines().stream().map(line -> "    | " + line).collect(Collectors.joining("\n"))));
        troubles.stream()
                .map(Trouble::advice)
                .distinct()
                .forEach(advice -> text.append("\n  do: ").append(advice));
        return text.toString();
    }
}
