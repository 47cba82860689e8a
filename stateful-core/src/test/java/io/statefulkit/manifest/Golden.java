package io.statefulkit.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Compares text with a file under {@code src/test/resources/golden}. Run a test with {@code -Dgolden.update=true} to
 * write the files anew, then read the difference.
 */
final class Golden {

    private Golden() {}

    static void check(String name, String text) {
        if (Boolean.getBoolean("golden.update")) {
            write(Path.of("src/test/resources/golden", name), text);
            return;
        }
        assertThat(text).as("golden/" + name).isEqualTo(read(name));
    }

    private static String read(String name) {
        try (@Nullable InputStream in = Golden.class.getResourceAsStream("/golden/" + name)) {
            assertThat(in).as("golden/" + name + " exists").isNotNull();
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
