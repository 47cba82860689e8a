package io.statefulkit.survival.disruption.observation;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.RollingUpdateStatefulSetStrategy;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetUpdateStrategy;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.statefulkit.deploy.WorkloadRef;
import io.statefulkit.deploy.WorkloadRef.Kind;
import io.statefulkit.internal.NotApi;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The object that runs the pods of a workload, as it was when it was read.
 *
 * @param client talks to its cluster
 * @param ref which it is
 * @param object the StatefulSet or Deployment
 */
@NotApi
public record PodOwner(KubernetesClient client, WorkloadRef ref, HasMetadata object) {

    /**
     * Reads it.
     *
     * @throws IllegalStateException when there is no such object
     */
    public static PodOwner read(KubernetesClient client, WorkloadRef ref) {
        HasMetadata found = resource(client, ref).get();
        if (found == null) {
            throw new IllegalStateException(
                    "there is no " + ref.kind() + " " + ref.name() + " in namespace " + ref.namespace());
        }
        return new PodOwner(client, ref, found);
    }

    private static Resource<? extends HasMetadata> resource(KubernetesClient client, WorkloadRef ref) {
        return ref.kind() == Kind.STATEFUL_SET
                ? client.apps().statefulSets().inNamespace(ref.namespace()).withName(ref.name())
                : client.apps().deployments().inNamespace(ref.namespace()).withName(ref.name());
    }

    String uid() {
        return object.getMetadata().getUid();
    }

    public LabelSelector selector() {
        return object instanceof StatefulSet set
                ? set.getSpec().getSelector()
                : ((Deployment) object).getSpec().getSelector();
    }

    public PodTemplateSpec template() {
        return object instanceof StatefulSet set
                ? set.getSpec().getTemplate()
                : ((Deployment) object).getSpec().getTemplate();
    }

    /** The name of the server's container in the pods that it makes. */
    public String container(ServerContainer server) {
        List<String> templates = object instanceof StatefulSet set
                ? set.getSpec().getVolumeClaimTemplates().stream()
                        .map(template -> template.getMetadata().getName())
                        .toList()
                : List.of();
        return server.in(template(), templates).getName();
    }

    int replicas() {
        return Objects.requireNonNullElse(
                object instanceof StatefulSet set
                        ? set.getSpec().getReplicas()
                        : ((Deployment) object).getSpec().getReplicas(),
                1);
    }

    /** How it replaces pods, in the word of its specification. */
    public String strategy() {
        if (object instanceof StatefulSet set) {
            return strategy(set);
        }
        Deployment deployment = (Deployment) object;
        return deployment.getSpec().getStrategy() == null
                ? "RollingUpdate"
                : Objects.requireNonNullElse(deployment.getSpec().getStrategy().getType(), "RollingUpdate");
    }

    /** The ordinal below which the pods of a StatefulSet keep the template they have. */
    public int partition() {
        return object instanceof StatefulSet set ? partition(set) : 0;
    }

    static String strategy(StatefulSet set) {
        return Optional.ofNullable(set.getSpec().getUpdateStrategy())
                .map(StatefulSetUpdateStrategy::getType)
                .orElse("RollingUpdate");
    }

    static int partition(StatefulSet set) {
        return Optional.ofNullable(set.getSpec().getUpdateStrategy())
                .map(StatefulSetUpdateStrategy::getRollingUpdate)
                .map(RollingUpdateStatefulSetStrategy::getPartition)
                .orElse(0);
    }

    public boolean isPaused() {
        return object instanceof Deployment deployment
                && Boolean.TRUE.equals(deployment.getSpec().getPaused());
    }

    public void patch(PatchType type, String patch) {
        HasMetadata unused = resource(client, ref).patch(PatchContext.of(type), patch);
    }
}
