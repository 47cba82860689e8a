package io.statefulkit.survival;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where reports go unless something else is said. */
public final class Reports {

    private Reports() {}

    /** {@code statefulkit} in the build's output directory where there is one, so that a clean build removes old reports, else in that for temporary files. */
    public static Path directory() {
        for (String output : new String[] {"target", "build"}) {
            if (Files.isDirectory(Path.of(output))) {
                return Path.of(output, "statefulkit");
            }
        }
        return Path.of(System.getProperty("java.io.tmpdir"), "statefulkit-reports");
    }
}
