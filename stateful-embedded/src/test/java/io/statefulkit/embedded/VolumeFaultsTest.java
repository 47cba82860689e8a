package io.statefulkit.embedded;

import static io.statefulkit.embedded.api.ApiTests.ME;
import static io.statefulkit.embedded.api.ApiTests.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.statefulkit.embedded.api.ResourceCatalog;
import io.statefulkit.embedded.api.server.StoreApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VolumeFaultsTest {

    private final StoreApi api = new StoreApi(Clock.systemUTC());
    private final VolumeFaults faults = new VolumeFaults(api, false);

    @TempDir
    private Path directory;

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void all_that_may_be_written_may_be_written_again_but_for_what_is_gone_by_then() throws IOException {
        Path kept = Files.writeString(
                Files.createDirectory(directory.resolve("base")).resolve("kept"), "x");
        Path gone = Files.writeString(directory.resolve("gone"), "x");
        Path readable = Files.writeString(directory.resolve("readable"), "x");
        Files.setPosixFilePermissions(kept, PosixFilePermissions.fromString("rw-rw----"));
        Files.setPosixFilePermissions(readable, PosixFilePermissions.fromString("r--r--r--"));
        String before = permissions(directory);
        bound("'hostPath':{'path':'" + directory + "'}");

        Runnable undo = faults.fill("default", "data");
        assertThat(permissions(kept)).isEqualTo("r--r-----");
        assertThat(permissions(directory)).doesNotContain("w");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        Files.delete(gone);
        undo.run();

        assertThat(permissions(kept)).isEqualTo("rw-rw----");
        assertThat(permissions(readable)).isEqualTo("r--r--r--");
        assertThat(permissions(directory)).isEqualTo(before);
    }

    @Test
    void a_file_that_a_server_deletes_meanwhile_is_passed_over() throws IOException {
        assertThat(VolumeFaults.withoutWrites(directory.resolve("deleted"))).isEmpty();
    }

    @Test
    void a_volume_that_is_no_directory_of_this_machine_cannot_be_filled() {
        bound("'csi':{'driver':'d','volumeHandle':'h'}");

        assertThatThrownBy(() -> faults.fill("default", "data"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("claim \"data\" has volume \"v\", which is no directory of this machine");
    }

    @Test
    void a_volume_whose_directory_is_not_there_cannot_be_filled() {
        bound("'hostPath':{'path':'" + directory.resolve("none") + "'}");

        assertThatThrownBy(() -> faults.fill("default", "data"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("which is no directory of this machine");
    }

    private void bound(String source) {
        String amounts = "'accessModes':['ReadWriteOnce'],";
        api.create(
                ResourceCatalog.PERSISTENT_VOLUMES,
                "",
                json("{'metadata':{'name':'v'},'spec':{" + amounts + "'capacity':{'storage':'1Gi'}," + source + "}}"),
                ME);
        api.create(
                ResourceCatalog.PERSISTENT_VOLUME_CLAIMS,
                "default",
                json("{'metadata':{'name':'data'},'spec':{" + amounts
                        + "'resources':{'requests':{'storage':'1Gi'}},'volumeName':'v'}}"),
                ME);
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
