package io.statefulkit.embedded.image;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageNameTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
                    postgres                                      | postgres       | latest         | -
                    postgres:15                                   | postgres       | 15             | 15
                    postgres:15-bookworm                          | postgres       | 15-bookworm    | 15
                    postgres:17.6-alpine3.20                      | postgres       | 17.6-alpine3.20| 17
                    docker.io/library/postgres:18                 | postgres       | 18             | 18
                    registry.example.org:5000/acme/app:v2.1       | acme/app       | v2.1           | 2
                    localhost/app                                 | app            | latest         | -
                    busybox:stable                                | busybox        | stable         | -
                    """)
    void a_reference_is_taken_apart(String text, String repository, String tag, Integer major) {
        ImageName name = ImageName.parse(text);

        assertThat(name.repository()).isEqualTo(repository);
        assertThat(name.tag()).isEqualTo(tag);
        assertThat(name.major().isPresent() ? name.major().getAsInt() : null).isEqualTo(major);
    }
}
