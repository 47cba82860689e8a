package io.statefulkit.embedded.image;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Images that run a class in a child JVM. */
final class JavaImages {

    private JavaImages() {}

    static Image of(ImageName name, Class<?> main, List<String> arguments) {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        List<String> entrypoint = new ArrayList<>(List.of(
                java.toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        return Image.of(name.text(), entrypoint, arguments, List.of());
    }
}
