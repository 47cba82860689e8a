package io.statefulkit.embedded.api.rule.pod;

import io.statefulkit.embedded.api.Violation;
import io.statefulkit.embedded.api.rule.Violations;
import java.util.List;

/** Paths that have to stay where they are meant to be. */
final class Paths {

    private Paths() {}

    /** A path must not go back. */
    static void noBacksteps(String target, String path, Violations violations) {
        violations.addIf(
                List.of(target.split("/", -1)).contains(".."),
                Violation.invalid(path, target, "must not contain '..'"));
    }

    /** A path inside something must be relative and not go back. */
    static void descending(String target, String path, Violations violations) {
        violations.addIf(target.startsWith("/"), Violation.invalid(path, target, "must be a relative path"));
        noBacksteps(target, path, violations);
    }

    /** A file of a volume must not be called what the node needs for itself. */
    static void file(String target, String path, Violations violations) {
        descending(target, path, violations);
        violations.addIf(
                target.startsWith("..") && !target.startsWith("../"),
                Violation.invalid(path, target, "must not start with '..'"));
    }
}
