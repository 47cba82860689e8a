package io.statefulkit.handle.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimSpec;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimSpecBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.statefulkit.deploy.Patience;
import io.statefulkit.deploy.ProgressListener;
import io.statefulkit.deploy.WorkloadRef;
import io.statefulkit.deploy.ready.Waiting;
import io.statefulkit.handle.place.Place;
import io.statefulkit.testing.SharedCluster;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two programs that upgrade the same workload, and one that died while it did. */
@Timeout(120)
class UpgradeHoldIT {

    private static final KubernetesClient CLIENT = SharedCluster.client();
    private static final String NAMESPACE = SharedCluster.kit("hold").namespace();
    private static final PersistentVolumeClaimSpec SPEC = new PersistentVolumeClaimSpecBuilder()
            .withAccessModes("ReadWriteOnce")
            .withNewResources()
            .withRequests(Map.of("storage", new Quantity("1Gi")))
            .endResources()
            .build();

    @Test
    void a_second_upgrade_is_refused_while_the_first_one_lives_and_changes_nothing() {
        try (UpgradeHold first = take("live", Duration.ofSeconds(1))) {
            String uid = uid("live");
            start("live");

            assertThatThrownBy(() -> take("live", Duration.ofMinutes(2)))
                    .isInstanceOf(UpgradeException.class)
                    .hasMessageContaining("expected to be the only one who upgrades StatefulSet " + NAMESPACE + "/live")
                    .hasMessageContaining("program " + ProcessHandle.current().pid() + "@")
                    .hasMessageContaining("its claim data-live-next was marked at 20")
                    .hasMessageContaining("nothing was changed; wait for the other upgrade");

            assertThat(uid("live")).isEqualTo(uid);
            assertThat(server("live")).isNotNull();
            first.discard(server("live"));
            assertThat(claim("live")).isNull();
            assertThat(server("live")).isNull();
        }
    }

    @Test
    void what_a_program_has_left_that_died_is_removed_at_the_first_attempt() {
        UpgradeHold dead = take("dead", Duration.ofMinutes(1));
        dead.close();
        start("dead");
        String uid = uid("dead");

        try (UpgradeHold next = take("dead", Duration.ofMillis(200))) {
            assertThat(server("dead")).isNull();
            String mine = uid("dead");
            assertThat(mine).isNotEqualTo(uid);

            assertThat(dead.takenOver()).as("it was only asleep, and sees it").isTrue();
            assertThat(next.takenOver()).isFalse();
            dead.discard(null);
            assertThat(uid("dead")).isEqualTo(mine);
            next.discard(null);
            assertThat(next.takenOver())
                    .as("somebody has removed the claim, and nobody else has one")
                    .isFalse();
        }
    }

    private static UpgradeHold take(String name, Duration patience) {
        Place place = new Place(
                CLIENT,
                WorkloadRef.statefulSet(NAMESPACE, name),
                Map.of("app", name),
                new Waiting(CLIENT, Patience.defaults(), ProgressListener.none()),
                Optional.empty());
        return UpgradeHold.take(place, "data-" + name + "-next", SPEC, name + "-next", patience);
    }

    private static void start(String name) {
        CLIENT.pods()
                .inNamespace(NAMESPACE)
                .resource(new PodBuilder()
                        .withNewMetadata()
                        .withName(name + "-next")
                        .endMetadata()
                        .withNewSpec()
                        .withTerminationGracePeriodSeconds(1L)
                        .addNewContainer()
                        .withName("db")
                        .withImage("busybox:1.36")
                        .withCommand("sleep", "600")
                        .addNewVolumeMount()
                        .withName("data")
                        .withMountPath("/data")
                        .endVolumeMount()
                        .endContainer()
                        .addNewVolume()
                        .withName("data")
                        .withNewPersistentVolumeClaim("data-" + name + "-next", false)
                        .endVolume()
                        .endSpec()
                        .build())
                .create();
    }

    private static String uid(String name) {
        return Objects.requireNonNull(claim(name)).getMetadata().getUid();
    }

    private static @Nullable Pod server(String name) {
        return CLIENT.pods().inNamespace(NAMESPACE).withName(name + "-next").get();
    }

    private static @Nullable PersistentVolumeClaim claim(String name) {
        return CLIENT.persistentVolumeClaims()
                .inNamespace(NAMESPACE)
                .withName("data-" + name + "-next")
                .get();
    }
}
