package io.statefulkit.embedded.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.statefulkit.embedded.schema.FieldType.ListOf;
import io.statefulkit.embedded.schema.FieldType.MapOf;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TypesTest {

    @SuppressWarnings("deprecation") // There is no other way to see how the models are read.
    private static final ObjectMapper MAPPER = Serialization.jsonMapper();

    private final Set<String> seen = new HashSet<>();

    /** A field that the client's models have and the server drops would look like a bug of the client. */
    @ParameterizedTest
    @ValueSource(
            classes = {
                Pod.class,
                Namespace.class,
                Node.class,
                Service.class,
                ConfigMap.class,
                Secret.class,
                ServiceAccount.class,
                PersistentVolume.class,
                PersistentVolumeClaim.class,
                StatefulSet.class,
                Deployment.class,
                ReplicaSet.class,
                Job.class,
                CronJob.class,
                StorageClass.class,
                EndpointSlice.class,
                PodDisruptionBudget.class,
                io.fabric8.kubernetes.api.model.networking.v1.Ingress.class,
                io.fabric8.kubernetes.api.model.rbac.ClusterRole.class,
                io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding.class
            })
    void every_field_of_the_models_is_known(Class<?> model) {
        compare(MAPPER.constructType(model), Types.all().of(model.getSimpleName()));

        assertThat(seen).hasSizeGreaterThan(3);
    }

    @Test
    void every_field_of_an_event_of_the_group_of_events_is_known() {
        compare(
                MAPPER.constructType(io.fabric8.kubernetes.api.model.events.v1.Event.class),
                Types.all().of("Event.events.k8s.io"));

        assertThat(seen).hasSizeGreaterThan(3);
    }

    private void compare(JavaType model, FieldType type) {
        if (type instanceof ListOf list) {
            compare(model.getContentType(), list.elements());
        } else if (type instanceof MapOf map) {
            compare(model.getContentType(), map.values());
        } else if (type instanceof Struct struct && seen.add(model.toCanonical())) {
            for (BeanPropertyDefinition property :
                    MAPPER.getDeserializationConfig().introspect(model).findProperties()) {
                assertThat(struct.field(property.getName()))
                        .as("%s.%s", struct.name(), property.getName())
                        .isPresent();
                struct.field(property.getName()).ifPresent(field -> compare(property.getPrimaryType(), field.type()));
            }
        }
    }

    @Test
    void lists_know_what_identifies_their_elements() {
        Struct pod = Types.all().of("PodSpec");

        assertThat(pod.field("containers").orElseThrow().type())
                .isInstanceOfSatisfying(
                        ListOf.class, list -> assertThat(list.keys()).containsExactly("name"));
        assertThat(pod.field("tolerations").orElseThrow().type().atomic()).isTrue();
        assertThat(pod.field("nodeSelector").orElseThrow().type().atomic()).isTrue();
        assertThat(Types.all().of("LabelSelector").atomic()).isTrue();
    }
}
