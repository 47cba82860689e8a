package io.statefulkit.manifest;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.statefulkit.manifest.render.Renderer;
import io.statefulkit.spec.Names;
import io.statefulkit.spec.StatefulSpec;
import java.util.List;
import java.util.Optional;

/**
 * The Kubernetes objects that a spec becomes. Pure and deterministic: equal specs give equal plans and the same YAML,
 * byte by byte. Nothing here talks to a cluster. Immutable and thread-safe.
 *
 * <p>A generated password is not part of a plan: its Secret has the annotation
 * {@value io.statefulkit.spec.Annotations#GENERATE} instead, and whoever deploys fills it in when the Secret does not
 * exist yet ({@link #secrets()}).
 */
public final class Plan {

    private final StatefulSpec spec;
    private final List<HasMetadata> resources;

    private Plan(StatefulSpec spec, List<HasMetadata> resources) {
        this.spec = spec;
        this.resources = List.copyOf(resources);
    }

    /**
     * Return the plan of this spec.
     *
     * @throws IllegalArgumentException if the spec lacks something or would lose data
     */
    public static Plan of(StatefulSpec spec) {
        if (spec.settings().pod().image().isEmpty()) {
            throw new IllegalArgumentException(
                    "image is required: add withImage(\"postgres:17.6-bookworm\") to '%s'".formatted(spec.name()));
        }
        if (spec.settings().storage().claims().isEmpty()) {
            throw new IllegalArgumentException(
                    "'%s' has no volume, so a restart would lose all data: add withVolumeClaimTemplate(\"10Gi\")"
                            .formatted(spec.name()));
        }
        return new Plan(spec, Renderer.render(spec));
    }

    /** Return what is planned. */
    public StatefulSpec spec() {
        return spec;
    }

    /** Return the names of the objects. */
    public Names names() {
        return Names.of(spec);
    }

    /** Return the namespace that the spec asks for; empty if the place of deployment decides. */
    public Optional<String> namespace() {
        return spec.settings().identity().namespace();
    }

    /** Return all objects in the order in which they are to be applied. They are shared: do not change them. */
    public List<HasMetadata> resources() {
        return resources;
    }

    /** Return the Secrets among the objects. */
    public List<SecretSpec> secrets() {
        return resources.stream()
                .filter(Secret.class::isInstance)
                .map(secret -> new SecretSpec((Secret) secret))
                .toList();
    }

    /** Return the objects as YAML documents, without the values of Secrets. */
    public String toYaml() {
        return toYaml(SecretMode.REDACTED);
    }

    /** Return the objects as YAML documents. */
    public String toYaml(SecretMode secrets) {
        return YamlText.of(resources, secrets);
    }

    /** Return which workload this is the plan of. */
    @Override
    public String toString() {
        return "Plan[" + spec + ", " + resources.size() + " objects]";
    }
}
