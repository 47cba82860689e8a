package io.statefulkit.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Knows which programs there are on this machine; tests that need others are skipped. */
public final class Installed {

    private Installed() {}

    /** Tells whether a program is on the path. */
    public static boolean program(String name) {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
    }

    /** Tells whether a server is installed, which may be where only administrators look. */
    public static boolean server(String name) {
        return program(name) || Files.isExecutable(Path.of("/usr/sbin", name));
    }
}
