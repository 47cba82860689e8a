package io.statefulkit.samples.stage;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** What this machine has. */
public final class Installed {

    private Installed() {}

    /** Whether there is a program of this name, where servers are. */
    public static boolean program(String name) {
        String places = System.getenv().getOrDefault("PATH", "") + ":/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin";
        return Arrays.stream(places.split(":")).anyMatch(place -> Files.isExecutable(Path.of(place, name)));
    }
}
