package io.statefulkit.embedded.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.kubernetes.client.proto.Meta;
import io.kubernetes.client.proto.V1;
import io.kubernetes.client.proto.V1Apps;
import io.kubernetes.client.proto.V1Authorization;
import io.kubernetes.client.proto.V1Batch;
import io.kubernetes.client.proto.V1Policy;
import io.statefulkit.embedded.schema.FieldNumbers.Form;
import io.statefulkit.embedded.schema.FieldNumbers.Numbered;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FieldNumbersTest {

    private final Set<String> seen = new HashSet<>();

    /** The numbers are compared with those of the official client, down to the last message. */
    @Test
    void the_numbers_are_those_of_the_official_client() {
        compare(V1.Pod.getDescriptor());
        compare(V1.PersistentVolumeClaim.getDescriptor());
        compare(V1.PersistentVolume.getDescriptor());
        compare(V1.Service.getDescriptor());
        compare(V1.ConfigMap.getDescriptor());
        compare(V1.Secret.getDescriptor());
        compare(V1.ServiceAccount.getDescriptor());
        compare(V1.Namespace.getDescriptor());
        compare(V1Apps.StatefulSet.getDescriptor());
        compare(V1Apps.Deployment.getDescriptor());
        compare(V1Batch.CronJob.getDescriptor());
        compare(io.kubernetes.client.proto.V1Networking.Ingress.getDescriptor());
        compare(io.kubernetes.client.proto.V1Rbac.ClusterRole.getDescriptor());
        compare(io.kubernetes.client.proto.V1Rbac.ClusterRoleBinding.getDescriptor());
        compare(V1Policy.Eviction.getDescriptor());
        compare(V1Policy.PodDisruptionBudget.getDescriptor());
        compare(V1Authorization.SelfSubjectAccessReview.getDescriptor());
        compare(Meta.DeleteOptions.getDescriptor());

        assertThat(seen).hasSizeGreaterThan(150);
    }

    private void compare(Descriptor message) {
        Struct struct = Types.all().find(message.getName()).orElse(null);
        if (struct == null || !seen.add(message.getName())) {
            return;
        }
        fields(message, struct, FieldNumbers.all().of(struct));
    }

    private void fields(Descriptor message, Struct struct, Map<Integer, Numbered> numbers) {
        for (FieldDescriptor field : message.getFields()) {
            Numbered numbered = numbers.get(field.getNumber());
            if (numbered == null) {
                assertThat(struct.field(field.getName()))
                        .as("%s.%s has no number", struct.name(), field.getName())
                        .isEmpty();
            } else if (numbered.form() == Form.INLINE) {
                assertThat(numbered.name()).isEqualTo(field.getMessageType().getName());
                fields(field.getMessageType(), struct, FieldNumbers.all().ofInline(numbered.name()));
            } else {
                assertThat(numbered.name()).isEqualToIgnoringCase(field.getName());
                assertThat(struct.field(numbered.name()))
                        .as("%s.%s", struct.name(), numbered.name())
                        .isPresent();
                follow(field);
            }
        }
    }

    private void follow(FieldDescriptor field) {
        if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE && !field.isMapField()) {
            compare(field.getMessageType());
        }
    }
}
