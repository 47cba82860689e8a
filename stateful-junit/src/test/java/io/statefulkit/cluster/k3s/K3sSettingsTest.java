package io.statefulkit.cluster.k3s;

import static io.statefulkit.cluster.k3s.K3sCgroups.ITS_OWN;
import static io.statefulkit.cluster.k3s.K3sCgroups.OF_THE_MACHINE;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.statefulkit.cluster.K3sOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class K3sSettingsTest {

    @ParameterizedTest
    @CsvSource({
        "Docker Desktop,                      ,               OF_THE_MACHINE",
        "Debian GNU/Linux 12 (bookworm),      ,               OF_THE_MACHINE",
        "Debian GNU/Linux 12 (bookworm),      nonsense,       OF_THE_MACHINE",
        "Debian GNU/Linux 12 (bookworm),      ITS_OWN,        ITS_OWN",
        "OrbStack,                            ,               ITS_OWN",
        "OrbStack,                            ITS_OWN,        ITS_OWN",
        "OrbStack,                            OF_THE_MACHINE, OF_THE_MACHINE",
        "podman machine,                      ,               ITS_OWN",
    })
    void what_worked_last_is_tried_first_and_then_what_usually_works(String engine, String last, K3sCgroups first) {
        assertThat(K3sCgroups.ladder(engine, last == null ? "" : last))
                .containsExactly(first, first == ITS_OWN ? OF_THE_MACHINE : ITS_OWN);
    }

    @Test
    void mirrors_and_the_prefix_for_docker_hub_become_a_file_of_the_node() {
        assertThat(K3sRegistries.yaml(
                        Map.of("ghcr.io", "https://mirror.example:5000", "quay.io", "mirror.example"),
                        "registry.example/docker/hub/"))
                .contains("""
                    mirrors:
                      "docker.io":
                        endpoint:
                          - "https://registry.example"
                        rewrite:
                          "^(.*)$": "docker/hub/$1"
                      "ghcr.io":
                        endpoint:
                          - "https://mirror.example:5000"
                      "quay.io":
                        endpoint:
                          - "https://mirror.example"
                    """);
        assertThat(K3sRegistries.yaml(Map.of("docker.io", "http://localhost:5000"), "registry.example/"))
                .contains("""
                    mirrors:
                      "docker.io":
                        endpoint:
                          - "http://localhost:5000"
                    """);
        assertThat(K3sRegistries.yaml(Map.of(), "  ")).isEmpty();
    }

    @Test
    void an_agent_is_told_as_little_as_possible() {
        assertThat(K3sCommand.agent("rancher/k3s:v1.34.1-k3s1", true)).containsExactly("agent");
        assertThat(K3sCommand.agent("rancher/k3s:v1.35.0-k3s1", true))
                .containsExactly("agent", "--kubelet-arg=fail-cgroupv1=false");
    }

    @ParameterizedTest
    @CsvSource({"x86_64, linux/amd64", "aarch64, linux/arm64", "amd64, linux/amd64", "s390x, linux/s390x"})
    void platforms_are_named_as_images_name_them(String architecture, String platform) {
        assertThat(K3sEngine.platform(architecture)).isEqualTo(platform);
    }

    @ParameterizedTest
    @CsvSource({"images/all.tar, true", "all.tar.zst, true", "postgres:17, false", "registry/tar:1, false"})
    void archives_are_told_from_images_by_their_names(String name, boolean isArchive) {
        assertThat(K3sImages.isArchive(name)).isEqualTo(isArchive);
    }

    @Test
    void a_pull_that_has_begun_and_not_ended_goes_on() {
        Event pulling = event("Pulling", "Pulling image \"a\"");
        Event pulled = event("Pulled", "Successfully pulled image \"a\" in 94s");
        Event failed = event("Failed", "Failed to pull image \"a\": not found");
        Event present = event("Pulled", "Container image \"b\" already present on machine");

        assertThat(K3sUsable.isPulling(List.of())).isFalse();
        assertThat(K3sUsable.isPulling(List.of(pulling))).isTrue();
        assertThat(K3sUsable.isPulling(List.of(pulling, present))).isTrue();
        assertThat(K3sUsable.isPulling(List.of(pulling, pulled))).isFalse();
        assertThat(K3sUsable.isPulling(List.of(pulling, failed))).isFalse();
    }

    @Test
    void a_pull_that_is_tried_once_more_goes_on_as_well() {
        Event pulling = event("Pulling", "Pulling image \"a\"");
        Event failed = event("Failed", "Failed to pull image \"a\": timeout");
        Event backOff = event("BackOff", "Back-off pulling image \"a\"");

        assertThat(K3sUsable.isPulling(List.of(times(2, pulling), failed, backOff)))
                .isTrue();
        assertThat(K3sUsable.isPulling(List.of(times(2, pulling), times(2, failed), times(3, backOff))))
                .isFalse();
    }

    private static Event times(int count, Event event) {
        return new EventBuilder(event).withCount(count).build();
    }

    @Test
    void time_of_pulls_does_not_count_however_seldom_somebody_looks() {
        Duration second = Duration.ofSeconds(1);
        PullTime time = new PullTime(second.toNanos(), Duration.ofMinutes(10));

        assertThat(time.withoutPulls(second.multipliedBy(3).toNanos(), false)).hasSeconds(2);
        assertThat(time.withoutPulls(second.multipliedBy(103).toNanos(), true)).hasSeconds(2);
        assertThat(time.withoutPulls(second.multipliedBy(104).toNanos(), false)).hasSeconds(3);
        assertThat(time.withoutPulls(second.multipliedBy(1104).toNanos(), true))
                .as("a pull that takes 1,000 s more, of which 500 are left out")
                .hasSeconds(503);
    }

    @Test
    void pods_that_get_no_containers_at_all_are_told_from_images_that_are_slow() {
        Event sandbox = event("FailedCreatePodSandBox", "failed to create shim task: cgroup");

        assertThat(K3sUsable.sandboxTrouble(List.of())).isEmpty();
        assertThat(K3sUsable.sandboxTrouble(List.of(event("Scheduled", "to a"), sandbox)))
                .contains("failed to create shim task: cgroup");
        assertThat(K3sUsable.sandboxTrouble(List.of(sandbox, event("Pulling", "Pulling image \"a\""))))
                .isEmpty();
    }

    @Test
    void pods_whose_surroundings_are_made_again_and_again_are_told_as_well() {
        Event started = event("Started", "Started container coredns");
        Event again = event("SandboxChanged", "Pod sandbox changed, it will be killed and re-created.");

        assertThat(K3sUsable.sandboxTrouble(List.of(started, again))).isEmpty();
        assertThat(K3sUsable.sandboxTrouble(List.of(started, again, times(2, again))))
                .contains("Pod sandbox changed, it will be killed and re-created.");
    }

    @ParameterizedTest
    @CsvSource({
        "v1.34.1,                   rancher/k3s:v1.34.1-k3s1",
        "1.35.0,                    rancher/k3s:v1.35.0-k3s1",
        "v1.33.4+k3s2,              rancher/k3s:v1.33.4-k3s2",
        "v1.33.4-k3s2,              rancher/k3s:v1.33.4-k3s2",
        "rancher/k3s:latest,        rancher/k3s:latest",
        "mirror.example/k3s:v1.2.3, mirror.example/k3s:v1.2.3",
    })
    void a_version_alone_is_an_image(String text, String image) {
        assertThat(K3sOptions.ofImage(text).image()).isEqualTo(image);
    }

    private static Event event(String reason, String message) {
        return new EventBuilder().withReason(reason).withMessage(message).build();
    }

    @Test
    void what_other_cgroups_do_not_change_is_tried_once() {
        assertThat(K3sTrouble.explain("manifest unknown").filter(K3sTrouble::isFinal))
                .isPresent();
        assertThat(K3sTrouble.explain("cgroup controllers not found").filter(K3sTrouble::isFinal))
                .isEmpty();
    }
}
