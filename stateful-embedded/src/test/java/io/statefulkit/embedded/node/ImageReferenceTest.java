package io.statefulkit.embedded.node;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageReferenceTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "busybox",
                "busybox:1.37",
                "library/busybox",
                "docker.io/library/postgres:17-bookworm",
                "localhost:5000/team/app__x:v1.2_3",
                "registry.example.com:443/a/b-c/d.e@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
                "Host/app"
            })
    void names_of_images(String image) {
        assertThat(ImageReference.problem(image)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "Busybox:1, ': repository name (library/Busybox) must be lowercase'",
        "docker.io/team/App, ': repository name (team/App) must be lowercase'",
        "busybox:1:2, ''",
        "bad name, ''",
        "a//b, ''",
        "busybox:, ''"
    })
    void what_is_no_name_is_told_in_the_words_of_a_kubelet(String image, String why) {
        assertThat(ImageReference.problem(image))
                .contains("Failed to apply default image tag \"" + image + "\": couldn't parse image name \"" + image
                        + "\": invalid reference format" + why);
    }
}
