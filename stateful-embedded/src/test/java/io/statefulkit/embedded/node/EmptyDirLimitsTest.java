package io.statefulkit.embedded.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.EmptyDirVolumeSource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmptyDirLimitsTest {

    @TempDir
    private Path directory;

    private static Pod pod(String medium, String limit) {
        return new PodBuilder()
                .withNewSpec()
                .addNewVolume()
                .withName("cache")
                .withEmptyDir(new EmptyDirVolumeSource(medium, null, Quantity.parse(limit)))
                .endVolume()
                .endSpec()
                .build();
    }

    @Test
    void what_is_written_counts_in_all_directories() throws IOException {
        Files.createDirectories(directory.resolve("a/b"));
        Files.write(directory.resolve("a/b/one"), new byte[600]);
        Files.write(directory.resolve("two"), new byte[424]);

        assertThat(EmptyDirLimits.exceeded(pod("", "1Ki"), Map.of("cache", directory)))
                .isEmpty();
        Files.write(directory.resolve("three"), new byte[1]);
        assertThat(EmptyDirLimits.exceeded(pod("", "1Ki"), Map.of("cache", directory)))
                .contains("Usage of EmptyDir volume \"cache\" exceeds the limit \"1Ki\". ");
    }

    @Test
    void only_a_limit_of_something_on_disk_is_looked_at() {
        assertThat(EmptyDirLimits.any(pod("", "1Mi"))).isTrue();
        assertThat(EmptyDirLimits.any(pod("", "0"))).isFalse();
        assertThat(EmptyDirLimits.any(pod("Memory", "1Mi"))).isFalse();
        assertThat(EmptyDirLimits.exceeded(pod("", "1Ki"), Map.of())).isEmpty();
    }

    @Test
    void what_comes_and_goes_does_not_hide_what_stays() throws Exception {
        Files.write(directory.resolve("stays"), new byte[600]);
        AtomicBoolean over = new AtomicBoolean();
        CompletableFuture<Void> changes = CompletableFuture.runAsync(() -> comeAndGo(over));

        try {
            for (int i = 0; i < 300; i++) {
                assertThat(EmptyDirLimits.size(directory)).isGreaterThanOrEqualTo(600);
            }
        } finally {
            over.set(true);
            changes.get(60, TimeUnit.SECONDS);
        }
    }

    private void comeAndGo(AtomicBoolean over) {
        try {
            while (!over.get()) {
                Path gone = Files.createDirectory(directory.resolve("gone"));
                Files.createFile(gone.resolve("file"));
                Files.delete(gone.resolve("file"));
                Files.delete(gone);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
