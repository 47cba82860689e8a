package io.statefulkit.survival.disruption;

import io.fabric8.kubernetes.api.model.DeleteOptions;
import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.Optional;
import org.awaitility.Awaitility;

/** A StatefulSet that is deleted and created again as it was specified. */
record Recreation(KubernetesClient client, StatefulSet copy, Optional<String> applier) {

    static Recreation of(KubernetesClient client, StatefulSet set) {
        ObjectMeta old = set.getMetadata();
        StatefulSet copy = new StatefulSetBuilder(set)
                .withMetadata(new ObjectMetaBuilder()
                        .withNamespace(old.getNamespace())
                        .withName(old.getName())
                        .withLabels(old.getLabels())
                        .withAnnotations(old.getAnnotations())
                        .build())
                .withStatus(null)
                .build();
        Optional<String> applier = old.getManagedFields().stream()
                .filter(entry -> "Apply".equals(entry.getOperation()))
                .map(ManagedFieldsEntry::getManager)
                .findFirst();
        return new Recreation(client, copy, applier);
    }

    void run(String uid, DeletionPropagation propagation, Duration patience) {
        DeleteOptions options = new DeleteOptionsBuilder()
                .withApiVersion("v1")
                .withKind("DeleteOptions")
                .withPropagationPolicy(propagation.toString())
                .withNewPreconditions()
                .withUid(uid)
                .endPreconditions()
                .build();
        client.raw(
                "/apis/apps/v1/namespaces/" + copy.getMetadata().getNamespace() + "/statefulsets/"
                        + copy.getMetadata().getName(),
                "DELETE",
                options);
        Awaitility.await("StatefulSet " + copy.getMetadata().getName() + " is gone")
                .atMost(patience)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> client.resource(copy).get() == null);
        create();
    }

    /** Who applied it before goes on owning its fields: its next apply would meet conflicts otherwise. */
    private void create() {
        StatefulSet unused = applier.isPresent()
                ? client.resource(copy).fieldManager(applier.get()).serverSideApply()
                : client.resource(copy).create();
    }
}
