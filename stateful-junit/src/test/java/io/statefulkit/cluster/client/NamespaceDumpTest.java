package io.statefulkit.cluster.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of a cluster that does not answer any more: what was there before it was asked is kept clean all the same. */
class NamespaceDumpTest {

    @TempDir
    private Path directory;

    /** Nobody listens at the first of all ports. */
    private static KubernetesClient ofNobody() {
        return new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(Config.empty())
                        .withMasterUrl("http://127.0.0.1:1")
                        .withRequestRetryBackoffLimit(0)
                        .build())
                .build();
    }

    @Test
    void what_cannot_be_had_is_said_in_each_file_and_what_cannot_be_cleaned_is_not_kept() throws IOException {
        Files.writeString(directory.resolve("failure.txt"), "password hunter2-and-more was refused");

        try (KubernetesClient client = ofNobody()) {
            new NamespaceDump(client, "shop", directory).write();
        }

        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files)
                    .extracting(file -> file.getFileName().toString())
                    .containsExactlyInAnyOrder(
                            "events.txt",
                            "pods.yaml",
                            "statefulsets.yaml",
                            "services.yaml",
                            "claims.yaml",
                            "failure.txt");
        }
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files)
                    .allSatisfy(file ->
                            assertThat(file).content().startsWith("left out, since what Secrets hold could not be"));
        }
    }

    @Test
    void what_is_too_large_is_cut_between_characters() {
        String text = "x" + "\uD83D\uDE00".repeat(200_000);

        assertThat(NamespaceDump.cut(text))
                .startsWith("x\uD83D\uDE00")
                .contains("characters left out")
                .endsWith("\uD83D\uDE00")
                .hasSizeLessThan(300_000)
                .satisfies(cut -> Files.writeString(directory.resolve("cut.log"), cut));
    }
}
