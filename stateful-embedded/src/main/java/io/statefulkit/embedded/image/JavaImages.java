package io.statefulkit.embedded.image;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Images that run a class in a child JVM. */
final class JavaImages {

    private JavaImages() {}

    static Image of(ImageName name, Class<?> main, List<String> arguments) {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        List<String> entrypoint = new ArrayList<>(List.of(
                java.toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                // All of them are process 1 of their namespace, and would meet in one file of statistics.
                "-XX:-UsePerfData",
                "-cp",
                classPath(),
                main.getName()));
        return Image.of(name.text(), entrypoint, arguments, List.of());
    }

    /** The class path from wherever the container starts. */
    private static String classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
