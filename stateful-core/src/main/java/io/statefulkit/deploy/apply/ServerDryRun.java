package io.statefulkit.deploy.apply;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.NonDeletingOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.ServerSideApplicable;
import io.statefulkit.deploy.DeployOptions;
import io.statefulkit.internal.NotApi;
import io.statefulkit.manifest.DryRun;
import io.statefulkit.manifest.SecretSpec;
import java.util.List;
import java.util.Optional;

/** Lets the API server apply objects without keeping the result. */
@NotApi
public final class ServerDryRun implements DryRun {

    private static final int NOT_FOUND = 404;

    private final KubernetesClient client;
    private final String namespace;
    private final boolean force;
    private final boolean namespacePlanned;

    /**
     * Creates a dry run of a deployment.
     *
     * @param client the client, which stays open
     * @param namespace where the objects would be deployed
     * @param options how they would be
     * @param objects all of them
     */
    public ServerDryRun(KubernetesClient client, String namespace, DeployOptions options, List<HasMetadata> objects) {
        this.client = client;
        this.namespace = namespace;
        this.force = options.force();
        this.namespacePlanned = objects.stream()
                .anyMatch(object -> object.getKind().equals("Namespace")
                        && object.getMetadata().getName().equals(namespace));
    }

    @Override
    public Preview of(HasMetadata planned) {
        Resource<HasMetadata> resource = planned instanceof Namespaced
                ? client.resource(planned).inNamespace(namespace)
                : client.resource(planned);
        Optional<HasMetadata> live = Optional.ofNullable(resource.get());
        if (planned instanceof Secret secret && new SecretSpec(secret).createOnly() && live.isPresent()) {
            return Preview.of(live, live.get());
        }
        try {
            return Preview.of(live, apply(resource.dryRun()));
        } catch (KubernetesClientException e) {
            boolean tooEarly = e.getCode() == NOT_FOUND && namespacePlanned && planned instanceof Namespaced;
            return tooEarly
                    ? Preview.of(live, planned)
                    : Preview.refused(
                            live, String.valueOf(Refusals.of(planned, e).getMessage()));
        }
    }

    private HasMetadata apply(NonDeletingOperation<HasMetadata> dryRun) {
        ServerSideApplicable<HasMetadata> apply = dryRun.fieldManager(Applier.MANAGER);
        return force ? apply.forceConflicts().serverSideApply() : apply.serverSideApply();
    }
}
