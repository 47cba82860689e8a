package io.statefulkit.cluster.k3s;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URL;
import org.junit.jupiter.api.Test;

class TestcontainersLineTest {

    private static URL jar(String name) throws Exception {
        return URI.create("file:/repository/" + name).toURL();
    }

    @Test
    void parts_of_one_line_fit_together() throws Exception {
        assertThat(TestcontainersLine.mismatch(jar("k3s-1.21.4.jar"), jar("testcontainers-1.20.6.jar")))
                .isEmpty();
        assertThat(TestcontainersLine.mismatch(jar("testcontainers-k3s-2.0.5.jar"), jar("testcontainers-2.0.2.jar")))
                .isEmpty();
    }

    @Test
    void parts_of_two_lines_do_not() throws Exception {
        assertThat(TestcontainersLine.mismatch(jar("testcontainers-k3s-2.0.5.jar"), jar("testcontainers-1.21.4.jar")))
                .contains("its k3s module is of line 2 (file:/repository/testcontainers-k3s-2.0.5.jar), but its core of"
                        + " line 1 (file:/repository/testcontainers-1.21.4.jar): give both the same version");
    }

    @Test
    void a_version_that_cannot_be_told_is_no_mismatch() throws Exception {
        assertThat(TestcontainersLine.mismatch(jar("all-in-one/"), jar("testcontainers-1.21.4.jar")))
                .isEmpty();
        assertThat(TestcontainersLine.mismatch(null, null)).isEmpty();
    }

    @Test
    void a_class_has_a_location() {
        assertThat(TestcontainersLine.location(TestcontainersLineTest.class)).isNotNull();
        assertThat(TestcontainersLine.location(String.class)).isNull();
    }
}
