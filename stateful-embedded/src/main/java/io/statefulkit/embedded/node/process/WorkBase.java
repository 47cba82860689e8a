package io.statefulkit.embedded.node.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;

/** Chooses the directory below which nodes keep what is theirs. */
final class WorkBase {

    private static final int LONGEST_BASE = 30;

    private WorkBase() {}

    /** Returns the directory for temporary files, or another one when containers could not use that. */
    static Path find() {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir", "/tmp")).toAbsolutePath();
        return firstUsable(List.of(temporary, Path.of("/tmp"), Path.of("/var/tmp")));
    }

    static Path firstUsable(List<Path> candidates) {
        for (Path candidate : candidates) {
            if (candidate.toString().length() <= LONGEST_BASE && Files.isWritable(candidate) && reachable(candidate)) {
                return candidate;
            }
        }
        throw new IllegalStateException("no directory for containers: expected one of " + candidates
                + " to be writable, open to other users and at most " + LONGEST_BASE
                + " characters long; set -Djava.io.tmpdir to such a directory");
    }

    /** Whether every user can pass through to the directory. */
    private static boolean reachable(Path directory) {
        try {
            for (Path step = directory.toRealPath(); step != null; step = step.getParent()) {
                if (!Files.getPosixFilePermissions(step).contains(PosixFilePermission.OTHERS_EXECUTE)) {
                    return false;
                }
            }
            return true;
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }
}
