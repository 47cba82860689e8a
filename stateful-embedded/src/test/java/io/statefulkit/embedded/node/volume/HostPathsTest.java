package io.statefulkit.embedded.node.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.HostPathVolumeSource;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostPathsTest {

    @TempDir
    private Path directory;

    private static Path find(Path path, String type) throws ConfigException, IOException {
        return HostPaths.find(new HostPathVolumeSource(path.toString(), type));
    }

    @ParameterizedTest
    @CsvSource({
        "Directory, a directory",
        "File, a file",
        "Socket, a socket file",
        "CharDevice, a character device",
        "BlockDevice, a block device"
    })
    void what_must_be_there_is_not_made(String type, String what) {
        Path missing = directory.resolve("missing");

        assertThatThrownBy(() -> find(missing, type))
                .isInstanceOf(ConfigException.class)
                .hasMessage("hostPath type check failed: " + missing + " is not " + what);
        assertThat(missing).doesNotExist();
    }

    @Test
    void what_is_there_is_told_from_other_kinds() throws Exception {
        Path device = Path.of("/dev/null");

        assertThat(find(device, "CharDevice")).isEqualTo(device);
        assertThatThrownBy(() -> find(device, "BlockDevice")).hasMessageEndingWith("/dev/null is not a block device");
        assertThatThrownBy(() -> find(directory, "Socket")).hasMessageEndingWith(" is not a socket file");
    }

    @Test
    void what_may_be_made_is_made() throws Exception {
        assertThat(find(directory.resolve("a"), "")).isDirectory();
        assertThat(find(directory.resolve("b"), "DirectoryOrCreate")).isDirectory();
        assertThat(find(directory.resolve("c"), "FileOrCreate")).isRegularFile();
    }
}
