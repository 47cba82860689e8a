package io.statefulkit.embedded.node.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkBaseTest {

    @Test
    void directories_that_servers_of_another_user_cannot_use_are_refused_with_the_way_out(@TempDir Path temporary)
            throws IOException {
        Path secret = Files.createDirectory(temporary.resolve("s"));
        Workspace.allow(secret, "rwx------");
        Path missing = Path.of("/missing");

        assertThatThrownBy(() -> WorkBase.firstUsable(List.of(secret, missing)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith(
                        "no directory for containers: expected one of [" + secret + ", " + missing + "]")
                .hasMessageEndingWith("set -Djava.io.tmpdir to such a directory");
        assertThat(WorkBase.firstUsable(List.of(missing, Path.of("/tmp")))).isEqualTo(Path.of("/tmp"));
    }
}
