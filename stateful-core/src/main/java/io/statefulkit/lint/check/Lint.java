package io.statefulkit.lint.check;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.statefulkit.lint.LintOptions;
import io.statefulkit.lint.LintReport;
import io.statefulkit.lint.objects.Manifest;
import java.util.List;
import java.util.Map;

/**
 * Judges Kubernetes objects by the rules of keeping data, whoever wrote them. Pure: nothing here talks to a cluster.
 *
 * <pre>{@code
 * LintReport report = Lint.yaml(Files.readString(Path.of("postgres.yaml")));
 * report.findings().forEach(System.out::println);
 * }</pre>
 */
public final class Lint {

    private Lint() {}

    /** Judge YAML documents. Text that is no YAML, or no Kubernetes object, is a finding too. */
    public static LintReport yaml(String text) {
        return yaml(text, LintOptions.defaults());
    }

    /** Judge YAML documents for one version of Kubernetes. */
    public static LintReport yaml(String text, LintOptions options) {
        Findings findings = new Findings();
        look(Manifest.of(Yaml.read(text, findings)), options, findings);
        return new LintReport(findings.all(), Map.of());
    }

    /** Judge objects. */
    public static LintReport objects(List<? extends HasMetadata> objects) {
        return objects(objects, LintOptions.defaults());
    }

    /** Judge objects for one version of Kubernetes. */
    public static LintReport objects(List<? extends HasMetadata> objects, LintOptions options) {
        Findings findings = new Findings();
        look(Manifest.of(List.copyOf(objects)), options, findings);
        return new LintReport(findings.all(), Map.of());
    }

    /**
     * Judge what would happen if these objects were applied to a cluster that has those.
     *
     * @param planned objects that are to be applied
     * @param live what the cluster has: storage classes, and in the namespace the claims, Secrets, StatefulSets,
     *     Deployments and ConfigMaps
     */
    public static LintReport against(List<? extends HasMetadata> planned, List<? extends HasMetadata> live) {
        Findings findings = new Findings();
        new Live(Manifest.of(List.copyOf(planned)), Manifest.of(List.copyOf(live)), findings).look();
        return new LintReport(findings.all(), Map.of());
    }

    private static void look(Manifest manifest, LintOptions options, Findings findings) {
        SharingChecks.look(manifest, findings);
        DataPathChecks.look(manifest, findings);
        VolumeChecks.look(manifest, findings);
        ScopeChecks.look(manifest, findings);
        IdentityChecks.look(manifest, findings);
        PortChecks.look(manifest, findings);
        PasswordChecks.look(manifest, findings);
        AccessChecks.look(manifest, findings);
        ImageChecks.look(manifest, findings);
        LifecycleChecks.look(manifest, options, findings);
        BackupChecks.look(manifest, findings);
        JobChecks.look(manifest, findings);
        RedisChecks.look(manifest, findings);
    }
}
