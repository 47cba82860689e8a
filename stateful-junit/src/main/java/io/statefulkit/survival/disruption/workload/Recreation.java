package io.statefulkit.survival.disruption.workload;

import io.fabric8.kubernetes.api.model.DeleteOptions;
import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.statefulkit.deploy.WorkloadRef;
import io.statefulkit.survival.disruption.observation.PodOwner;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A StatefulSet or Deployment that is deleted and created again as it was specified. */
record Recreation(KubernetesClient client, WorkloadRef ref, HasMetadata copy, Optional<String> applier) {

    private static final Logger LOG = LoggerFactory.getLogger(Recreation.class);

    static Recreation of(PodOwner owner) {
        ObjectMeta old = owner.object().getMetadata();
        Map<String, String> annotations = new HashMap<>(Objects.requireNonNullElse(old.getAnnotations(), Map.of()));
        annotations.remove("deployment.kubernetes.io/revision");
        ObjectMeta fresh = new ObjectMetaBuilder()
                .withNamespace(old.getNamespace())
                .withName(old.getName())
                .withLabels(old.getLabels())
                .withAnnotations(annotations)
                .build();
        HasMetadata copy = owner.object() instanceof StatefulSet set
                ? new StatefulSetBuilder(set)
                        .withMetadata(fresh)
                        .withStatus(null)
                        .build()
                : new DeploymentBuilder((Deployment) owner.object())
                        .withMetadata(fresh)
                        .withStatus(null)
                        .build();
        Optional<String> applier = old.getManagedFields().stream()
                .filter(entry -> "Apply".equals(entry.getOperation()))
                .map(ManagedFieldsEntry::getManager)
                .findFirst();
        return new Recreation(owner.client(), owner.ref(), copy, applier);
    }

    void run(String uid, DeletionPropagation propagation, Duration patience) {
        run(uid, propagation, patience, () -> {});
    }

    /** However it ends between: a workload that is gone is created again, as far as it can be. */
    void run(String uid, DeletionPropagation propagation, Duration patience, Runnable whenGone) {
        Undo.ifItFails("create " + ref + " again", this::createUnlessThere, () -> {
            delete(uid, propagation, patience);
            whenGone.run();
            create();
        });
    }

    private void delete(String uid, DeletionPropagation propagation, Duration patience) {
        DeleteOptions options = new DeleteOptionsBuilder()
                .withApiVersion("v1")
                .withKind("DeleteOptions")
                .withPropagationPolicy(propagation.toString())
                .withNewPreconditions()
                .withUid(uid)
                .endPreconditions()
                .build();
        String kinds = copy instanceof StatefulSet ? "statefulsets" : "deployments";
        client.raw("/apis/apps/v1/namespaces/" + ref.namespace() + "/" + kinds + "/" + ref.name(), "DELETE", options);
        Polling.within(Awaitility.await(ref + " is gone"), patience, Duration.ofMillis(50))
                .until(() -> client.resource(copy).get() == null);
    }

    private void createUnlessThere() {
        HasMetadata there = client.resource(copy).get();
        if (there == null) {
            create();
        } else if (there.getMetadata().getDeletionTimestamp() != null) {
            LOG.warn("{} is still being deleted: when it is gone, it has to be created again", ref);
        }
    }

    /** Who applied it before goes on owning its fields: its next apply would meet conflicts otherwise. */
    private void create() {
        HasMetadata unused = applier.isPresent()
                ? client.resource(copy).fieldManager(applier.get()).serverSideApply()
                : client.resource(copy).create();
    }
}
