package io.statefulkit.deploy.apply;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.statefulkit.deploy.ApplyException;
import io.statefulkit.deploy.DeployOptions;
import io.statefulkit.internal.RandomText;
import io.statefulkit.manifest.SecretSpec;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Sends objects to the API server: server-side apply, as the field manager {@value #MANAGER}. */
final class Applier {

    static final String MANAGER = "statefulkit";
    private static final Set<String> CLUSTER_SCOPED = Set.of("Namespace", "StorageClass", "PersistentVolume");

    private final KubernetesClient client;
    private final String namespace;
    private final DeployOptions options;

    Applier(KubernetesClient client, String namespace, DeployOptions options) {
        this.client = client;
        this.namespace = namespace;
        this.options = options;
    }

    /** Applies the objects in this order. */
    void apply(List<HasMetadata> objects) {
        for (HasMetadata object : objects) {
            try {
                String what = object instanceof Secret secret ? secret(new SecretSpec(secret)) : applied(object);
                options.progress().applied(Refusals.name(object), what);
            } catch (KubernetesClientException e) {
                throw Refusals.of(object, e);
            }
        }
    }

    private String applied(HasMetadata object) {
        Resource<HasMetadata> resource = resource(object);
        Optional<String> before = Optional.ofNullable(resource.get()).map(Applier::version);
        HasMetadata after = apply(resource);
        return before.map(version -> version.equals(version(after)) ? "unchanged" : "configured")
                .orElse("created");
    }

    /**
     * Kubernetes fills in the settings of a rolling update, which the strategy {@code Recreate} forbids and which an apply
     * cannot remove, since nobody owns them (rule AP02).
     */
    private HasMetadata apply(Resource<HasMetadata> resource) {
        try {
            return applyOnce(resource);
        } catch (KubernetesClientException e) {
            if (e.getCode() != 422 || !String.valueOf(e.getMessage()).contains("spec.strategy.rollingUpdate")) {
                throw e;
            }
            resource.patch(
                    MergePatch.by(MANAGER), "{\"spec\":{\"strategy\":{\"type\":\"Recreate\",\"rollingUpdate\":null}}}");
            return applyOnce(resource);
        }
    }

    private HasMetadata applyOnce(Resource<HasMetadata> resource) {
        return options.force()
                ? resource.fieldManager(MANAGER).forceConflicts().serverSideApply()
                : resource.fieldManager(MANAGER).serverSideApply();
    }

    /** A Secret with generated values is created once: the volume remembers the password it was initialised with. */
    private String secret(SecretSpec spec) {
        if (!spec.createOnly()) {
            return applied(spec.secret());
        }
        Resource<Secret> resource =
                client.secrets().inNamespace(namespace).resource(spec.filled(key -> RandomText.password()));
        Secret existing = resource.get();
        if (existing != null) {
            return kept(spec, existing);
        }
        try {
            resource.create();
            return "created";
        } catch (KubernetesClientException e) {
            if (e.getCode() == 409) {
                return kept(spec, Objects.requireNonNull(resource.get()));
            }
            throw e;
        }
    }

    private static String kept(SecretSpec spec, Secret existing) {
        for (String key : spec.generatedKeys()) {
            if (existing.getData() == null || !existing.getData().containsKey(key)) {
                throw new ApplyException(
                        Refusals.name(existing),
                        0,
                        "the Secret exists but has no key " + key,
                        "add the password that the volume was initialised with, or delete the Secret if there is no"
                                + " volume");
            }
        }
        return "kept";
    }

    private Resource<HasMetadata> resource(HasMetadata object) {
        return CLUSTER_SCOPED.contains(object.getKind())
                ? client.resource(object)
                : client.resource(object).inNamespace(namespace);
    }

    private static String version(HasMetadata object) {
        return object.getMetadata().getResourceVersion();
    }
}
