package io.statefulkit.embedded.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SupportFilesTest {

    private final String name = "test-" + UUID.randomUUID();
    private final List<Path> drafts = new ArrayList<>();

    @Test
    void what_could_not_be_unpacked_leaves_nothing() {
        assertThatThrownBy(() -> SupportFiles.install(name, this::failing)).hasMessage("the disk is full");

        assertThat(drafts).hasSize(1).allSatisfy(draft -> assertThat(draft).doesNotExist());
    }

    private void failing(Path directory) throws IOException {
        drafts.add(directory);
        Files.writeString(Files.createDirectory(directory.resolve("bin")).resolve("half"), "of it");
        throw new IOException("the disk is full");
    }

    @Test
    void of_two_that_unpack_the_same_one_is_kept_and_the_other_leaves_nothing() throws IOException {
        List<Path> installed = new ArrayList<>();
        try {
            installed.add(SupportFiles.install(name, slow -> {
                drafts.add(slow);
                Files.writeString(slow.resolve("file"), "same");
                installed.add(SupportFiles.install(name, faster -> Files.writeString(faster.resolve("file"), "same")));
            }));

            assertThat(installed).hasSize(2);
            assertThat(installed.get(0)).isEqualTo(installed.get(1));
            assertThat(installed.get(0).resolve("file")).hasContent("same");
            assertThat(drafts).allSatisfy(draft -> assertThat(draft).doesNotExist());
        } finally {
            for (Path directory : installed.stream().distinct().toList()) {
                Files.delete(directory.resolve("file"));
                Files.delete(directory);
            }
        }
    }
}
