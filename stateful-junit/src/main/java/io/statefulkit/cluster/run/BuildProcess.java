package io.statefulkit.cluster.run;

import io.statefulkit.internal.NotApi;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The process of a build, which starts the JVMs that run its tests: Maven, the daemon of Gradle, or an IDE.
 *
 * @param pid its number, which a later process may get as well
 * @param started when it started
 */
@NotApi
public record BuildProcess(long pid, Instant started) {

    private static final Pattern SHELL = Pattern.compile(".*/(sh|bash|dash|ash|zsh|busybox)");
    private static final Pattern PLACE = Pattern.compile("build-(\\d+)-(\\d+)-.*");

    /** The one that started this JVM; a shell in between is passed over. Empty when the system does not tell. */
    public static Optional<BuildProcess> ofThisJvm() {
        Optional<ProcessHandle> parent = ProcessHandle.current().parent();
        while (parent.isPresent()
                && parent.get().parent().isPresent()
                && SHELL.matcher(parent.get().info().command().orElse("")).matches()) {
            parent = parent.get().parent();
        }
        return parent.flatMap(BuildProcess::of);
    }

    /** The one that a running process is; empty when the system does not tell since when. */
    public static Optional<BuildProcess> of(ProcessHandle process) {
        return process.info().startInstant().map(start -> new BuildProcess(process.pid(), start));
    }

    /** The one of a place that {@link #place} named. */
    public static Optional<BuildProcess> ofPlace(String name) {
        Matcher place = PLACE.matcher(name);
        return place.matches()
                ? Optional.of(new BuildProcess(
                        Long.parseLong(place.group(1)), Instant.ofEpochMilli(Long.parseLong(place.group(2)))))
                : Optional.empty();
    }

    /** The name of a place for it. */
    public String place(String key) {
        return "build-" + pid + "-" + started.toEpochMilli() + "-" + key;
    }

    /** Whether it has ended. */
    public boolean isOver() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .flatMap(BuildProcess::of)
                .filter(now -> now.started().toEpochMilli() == started.toEpochMilli())
                .isEmpty();
    }
}
