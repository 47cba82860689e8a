package io.statefulkit.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedClusterIT {

    @Test
    void it_starts_serves_and_leaves_nothing_behind() throws IOException {
        EmbeddedCluster cluster = EmbeddedCluster.start();
        cluster.client()
                .configMaps()
                .inNamespace("default")
                .resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName("first")
                        .endMetadata()
                        .addToData("k", "v")
                        .build())
                .create();
        assertThat(cluster.client()
                        .configMaps()
                        .inNamespace("default")
                        .withName("first")
                        .get()
                        .getData())
                .containsEntry("k", "v");
        assertThat(Files.readString(cluster.kubeconfig())).contains(cluster.url());

        int port = URI.create(cluster.url()).getPort();
        cluster.close();
        cluster.close();
        assertThat(cluster.kubeconfig()).doesNotExist();
        assertThat(cluster.kubeconfig().getParent()).doesNotExist();
        assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
                .isInstanceOf(IOException.class);
    }

    @Test
    void a_port_in_use_is_refused_and_nothing_stays(@TempDir Path directory) throws IOException {
        try (EmbeddedCluster first = EmbeddedCluster.start()) {
            int port = URI.create(first.url()).getPort();
            EmbeddedOptions options = EmbeddedOptions.DEFAULTS.withPort(port).withDirectory(directory);
            assertThatThrownBy(() -> EmbeddedCluster.start(options).close())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("127.0.0.1:" + port)
                    .hasMessageContaining("choose another port");
            assertThat(directory).isEmptyDirectory();
        }
    }

    @Test
    void a_directory_that_is_not_there_is_refused(@TempDir Path directory) {
        Path missing = directory.resolve("missing");
        EmbeddedOptions options = EmbeddedOptions.DEFAULTS.withDirectory(missing);
        assertThatThrownBy(() -> EmbeddedCluster.start(options).close())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(missing.toString())
                .hasMessageContaining("EmbeddedOptions.withDirectory");
    }
}
