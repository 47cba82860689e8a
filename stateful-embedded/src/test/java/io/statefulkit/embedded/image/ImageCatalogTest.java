package io.statefulkit.embedded.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ImageCatalogTest {

    @Test
    void an_unknown_image_is_refused_with_those_there_are_and_the_ways_out() {
        assertThatThrownBy(() -> ImageCatalog.standard().resolve("acme/app:1"))
                .isInstanceOf(ImageUnavailableException.class)
                .hasMessageContainingAll("acme/app:1", "postgres", "busybox", "ImageCatalog.with", "k3s");
    }

    @Test
    void a_postgres_without_major_is_refused() {
        assertThatThrownBy(() -> ImageCatalog.standard().resolve("postgres"))
                .isInstanceOf(ImageUnavailableException.class)
                .hasMessageContaining("names no major version");
    }

    @Test
    void users_add_images_of_their_own() throws Exception {
        ImageCatalog catalog = ImageCatalog.empty()
                .withDirectory("acme/app", Path.of("/opt/acme"), "run", "--fast")
                .withJava("job", ImageCatalogTest.class, "argument");

        assertThat(catalog.resolve("registry.acme.org/acme/app:2").entrypoint()).containsExactly("run", "--fast");
        assertThat(catalog.resolve("job:1").entrypoint()).contains(ImageCatalogTest.class.getName());
        assertThat(catalog.resolve("job:1").command()).containsExactly("argument");
    }

    @Test
    void the_server_on_the_class_path_is_unpacked_where_others_can_run_it() throws Exception {
        Path programs = new ClassPathPostgres().server(15).orElseThrow();

        assertThat(programs.resolve("postgres")).isExecutable();
        assertThat(new ClassPathPostgres().majors()).containsEntry(15, "class path");
    }
}
