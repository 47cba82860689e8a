package io.statefulkit.embedded.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.statefulkit.embedded.image.Image;
import io.statefulkit.embedded.node.volume.PathMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContainerFilesTest {

    private static final Image IMAGE = Image.of("busybox", List.of(), List.of("sh"), List.of());

    @TempDir
    private Path directory;

    private PathMap lay(Container container, Map<String, Path> volumes) throws IOException {
        return new ContainerFiles(directory.resolve("r")).lay(container, IMAGE, volumes, Map.of());
    }

    private Path volume(String name) throws IOException {
        return Files.createDirectory(directory.resolve(name));
    }

    @Test
    void what_a_volume_holds_where_another_is_mounted_is_hidden_and_not_lost() throws IOException {
        Path data = volume("data");
        Path secret = volume("secret");
        Files.createDirectory(data.resolve("conf"));
        Files.writeString(data.resolve("conf/kept"), "of before");
        Files.writeString(secret.resolve("key"), "k");
        Container container = new ContainerBuilder()
                .addNewVolumeMount()
                .withName("data")
                .withMountPath("/data")
                .endVolumeMount()
                .addNewVolumeMount()
                .withName("secret")
                .withMountPath("/data/conf")
                .endVolumeMount()
                .build();

        PathMap paths = lay(container, Map.of("data", data, "secret", secret));

        assertThat(data.resolve("conf/kept")).hasContent("of before");
        assertThat(paths.locate("/data/conf/key")).contains(secret.resolve("key"));
    }

    @Test
    void a_mount_is_found_by_relative_paths_at_each_start() throws IOException {
        Path data = volume("data");
        Path nested = volume("nested");
        Files.writeString(nested.resolve("file"), "there");
        Container container = new ContainerBuilder()
                .addNewVolumeMount()
                .withName("data")
                .withMountPath("/data")
                .endVolumeMount()
                .addNewVolumeMount()
                .withName("nested")
                .withMountPath("/data/nested/")
                .endVolumeMount()
                .build();
        Map<String, Path> volumes = Map.of("data", data, "nested", nested);

        lay(container, volumes);
        lay(container, volumes);

        assertThat(directory.resolve("r/data/nested/file")).hasContent("there");
    }
}
