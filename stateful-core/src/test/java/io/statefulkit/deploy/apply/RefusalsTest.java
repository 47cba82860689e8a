package io.statefulkit.deploy.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RefusalsTest {

    private static final HasMetadata SET = new StatefulSetBuilder()
            .withNewMetadata()
            .withName("orders")
            .endMetadata()
            .build();
    private static final HasMetadata CLAIM = new PersistentVolumeClaimBuilder()
            .withNewMetadata()
            .withName("orders")
            .endMetadata()
            .build();

    @Test
    void a_set_that_cannot_change_can_be_recreated_around_its_pods() {
        assertThat(invalid(SET, "spec: Forbidden: updates to statefulset spec for fields other than 'replicas'"))
                .contains("do: this cannot be changed in place: deploy with recreate()");
    }

    @Test
    void nothing_else_that_cannot_change_is_said_to_be_recreated() {
        assertThat(invalid(CLAIM, "spec: Forbidden: spec is immutable after creation except resources.requests"))
                .contains("do: this cannot be changed once the object is there")
                .doesNotContain("recreate()");
    }

    @Test
    void a_wrong_value_has_to_be_corrected() {
        assertThat(invalid(SET, "spec.replicas: Invalid value: -1"))
                .startsWith("StatefulSet orders: spec.replicas: Invalid value: -1")
                .contains("do: correct the fields that the message names");
    }

    @Test
    void a_namespace_that_is_going_is_no_question_of_permissions() {
        assertThat(refused(SET, 403, "unable to create new content in namespace shop because it is being terminated"))
                .contains("do: wait until the namespace is gone");
        assertThat(refused(SET, 403, "User \"jane\" cannot patch resource \"statefulsets\""))
                .contains("do: ask for the permission");
    }

    @Test
    void a_field_of_somebody_else_is_not_blamed_on_an_operation() {
        String replicas = "conflict with \"statefulkit-handle\" with subresource \"scale\"";
        String grace = "conflict with \"night-shift\" using apps/v1";

        assertThat(conflict(replicas)).contains("do: an operation of a handle has changed .spec.x (" + replicas + ")");
        assertThat(conflict(replicas, grace))
                .contains("do: somebody else owns .spec.x (" + replicas + "), .spec.x (" + grace + ")");
    }

    private static String conflict(String... owners) {
        var status = new StatusBuilder()
                .withCode(409)
                .withNewDetails()
                .withCauses(Stream.of(owners)
                        .map(owner -> new StatusCause(".spec.x", owner, "FieldManagerConflict"))
                        .toList())
                .endDetails()
                .build();
        return String.valueOf(
                Refusals.of(SET, new KubernetesClientException(status)).getMessage());
    }

    private static String invalid(HasMetadata object, String message) {
        return refused(object, 422, message);
    }

    private static String refused(HasMetadata object, int code, String message) {
        var status = new StatusBuilder().withCode(code).withMessage(message).build();
        return String.valueOf(
                Refusals.of(object, new KubernetesClientException(status)).getMessage());
    }
}
