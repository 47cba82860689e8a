package io.statefulkit.manifest;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.statefulkit.lint.Finding;
import io.statefulkit.lint.LintOptions;
import io.statefulkit.lint.LintReport;
import io.statefulkit.lint.Rule;
import io.statefulkit.lint.SpecInvalidException;
import io.statefulkit.lint.check.Lint;
import io.statefulkit.manifest.render.Renderer;
import io.statefulkit.spec.Names;
import io.statefulkit.spec.StatefulSpec;
import io.statefulkit.spec.StatefulWorkload;
import io.statefulkit.spec.Storage.Shape;
import io.statefulkit.spec.pod.Image;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
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
    private final Objects objects;
    private final LintReport lint;

    private Plan(StatefulSpec spec, Objects objects, LintReport lint) {
        this.spec = spec;
        this.objects = objects;
        this.lint = lint;
    }

    /**
     * Return the plan of this spec. What the rules only warn about is in {@link #lint()}.
     *
     * @throws SpecInvalidException with all findings, if data would get lost or nothing would run
     * @throws IllegalArgumentException if parts of the spec do not fit together
     */
    public static Plan of(StatefulSpec spec) {
        return of(spec, LintOptions.defaults());
    }

    /**
     * Return the plan of this spec, if the rules have nothing to say against it.
     *
     * @throws SpecInvalidException with all findings, if there is as much as a warning
     * @throws IllegalArgumentException if parts of the spec do not fit together
     */
    public static Plan strict(StatefulSpec spec) {
        return of(spec, LintOptions.defaults().strict());
    }

    /**
     * Return the plan of this spec, judged as the options say.
     *
     * @throws SpecInvalidException with all findings, if there is one that the options refuse
     * @throws IllegalArgumentException if parts of the spec do not fit together
     */
    public static Plan of(StatefulSpec spec, LintOptions options) {
        List<Finding> missing = missing(spec);
        if (!missing.isEmpty()) {
            throw new SpecInvalidException(spec.toString(), missing);
        }
        List<HasMetadata> objects = Renderer.render(spec);
        LintReport lint = Lint.objects(objects, options).allowing(allowed(spec));
        List<Finding> refused = lint.findings().stream()
                .filter(finding -> finding.severity().compareTo(options.refused()) <= 0)
                .toList();
        if (!refused.isEmpty()) {
            throw new SpecInvalidException(spec.toString(), refused);
        }
        return new Plan(spec, new Objects(objects), lint);
    }

    /** Return what has to be there before anything can be rendered. */
    private static List<Finding> missing(StatefulSpec spec) {
        List<Finding> missing = new ArrayList<>();
        String image = spec.settings().pod().image().map(Image::reference).orElse("");
        boolean engine = !(spec instanceof StatefulWorkload);
        boolean unpinned = image.isEmpty() || (engine && (!image.contains(":") || image.endsWith(":latest")));
        if (unpinned) {
            missing.add(Finding.of(Rule.IMG01, spec.toString(), image.isEmpty() ? "(none)" : image));
        }
        boolean noVolume = spec.settings().storage().claims().isEmpty()
                && spec.settings().storage().shape() != Shape.EPHEMERAL;
        if (engine && noVolume && !spec.settings().extras().allowed().containsKey(Rule.ST04)) {
            missing.add(Finding.of(Rule.ST04, spec.toString(), spec.name(), "its data directory"));
        }
        return missing;
    }

    private static Map<Rule, String> allowed(StatefulSpec spec) {
        Map<Rule, String> allowed = new EnumMap<>(Rule.class);
        if (spec.settings().storage().shape() == Shape.EPHEMERAL) {
            allowed.put(Rule.ST04, "withEphemeralStorage");
        }
        allowed.putAll(spec.settings().extras().allowed());
        return allowed;
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

    /** Return what the rules have to say: warnings, remarks, and what the author allows. */
    public LintReport lint() {
        return lint;
    }

    /** Return all objects in the order in which they are to be applied. They are shared: do not change them. */
    public List<HasMetadata> resources() {
        return objects.all();
    }

    /** Return the objects that need an administrator: namespaces, storage classes, volumes made by hand. */
    public List<HasMetadata> clusterScoped() {
        return objects.clusterScoped();
    }

    /** Return the objects that live in the workload's namespace. */
    public List<HasMetadata> namespaced() {
        return objects.namespaced();
    }

    /** Return the Secrets among the objects. */
    public List<SecretSpec> secrets() {
        return resources().stream()
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
        return objects.yaml(secrets);
    }

    /**
     * Write one file per object, numbered in the order of application, without the values of Secrets: the
     * administrator's into {@code cluster}, the others into {@code namespace}.
     *
     * @throws java.io.UncheckedIOException if the directory cannot be written
     */
    public void writeTo(Path directory) {
        objects.writeTo(directory);
    }

    /** Return what applying these objects to a cluster would change there, by asking it without changing anything. */
    public PlanDiff diff(DryRun cluster) {
        return new PlanDiff(resources().stream()
                .map(planned -> Differing.of(planned, cluster.of(planned)))
                .toList());
    }

    /** Return which workload this is the plan of. */
    @Override
    public String toString() {
        return "Plan[" + spec + ", " + resources().size() + " objects]";
    }
}
