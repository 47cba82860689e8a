package io.statefulkit.survival;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where reports go unless something else is said. */
public final class Reports {

    private Reports() {}

    /**
     * {@code statefulkit} in the build's output directory where there is one, so that a clean build removes old reports, else one of the
     * user's own in that for temporary files.
     */
    public static Path directory() {
        return directory(Path.of(""));
    }

    static Path directory(Path project) {
        for (String output : new String[] {"target", "build"}) {
            if (Files.isDirectory(project.resolve(output))) {
                return project.resolve(output).resolve("statefulkit");
            }
        }
        // Who was there first would keep other users of the machine from writing theirs.
        return Path.of(System.getProperty("java.io.tmpdir"), "statefulkit-reports-" + System.getProperty("user.name"));
    }
}
