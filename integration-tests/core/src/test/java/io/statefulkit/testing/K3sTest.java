package io.statefulkit.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of a k3s can be tried where there is no Docker. */
class K3sTest {

    @ParameterizedTest
    @CsvSource({
        "v1.35.0,                         rancher/k3s:v1.35.0-k3s1",
        "1.34.1+k3s2,                     rancher/k3s:v1.34.1-k3s2",
        "hub.example/k3s:v1.34.1-k3s1,    hub.example/k3s:v1.34.1-k3s1"
    })
    void a_version_alone_is_an_image(String setting, String image) {
        assertThat(K3s.image(setting)).isEqualTo(image);
    }

    @Test
    void a_cluster_is_usable_when_it_has_more_than_an_api() {
        assertThat(K3s.isUsable(SharedCluster.client())).isTrue();
        try (ApiServer alone = new ApiServer(new FakeStreams())) {
            assertThat(K3s.isUsable(alone.client())).isFalse();
        }
    }
}
