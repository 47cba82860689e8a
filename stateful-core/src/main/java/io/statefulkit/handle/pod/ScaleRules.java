package io.statefulkit.handle.pod;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.statefulkit.handle.place.LiveWorkload;
import io.statefulkit.handle.place.Place;
import io.statefulkit.internal.NotApi;
import io.statefulkit.lint.Finding;
import io.statefulkit.lint.Rule;
import io.statefulkit.lint.Severity;
import io.statefulkit.lint.SpecInvalidException;
import io.statefulkit.lint.check.Lint;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Refuses more pods than the live workload can have without a loss: the rules for that hold after its deployment, too. */
@NotApi
public record ScaleRules(Place place) {

    private static final Set<Rule> ABOUT_REPLICAS = Set.of(Rule.ST01, Rule.ID08);

    /** Refuses with all findings when there are to be several pods, and more than now. */
    public void check(int replicas) {
        if (replicas < 2) {
            return;
        }
        HasMetadata live = new LiveWorkload(place).object();
        if (replicas <= LiveWorkload.replicas(live)) {
            return;
        }
        HasMetadata scaled = scaled(live, replicas);
        List<Finding> findings = Lint.objects(List.of(scaled))
                .allowing(place.spec()
                        .map(spec -> spec.settings().extras().allowed())
                        .orElse(Map.of()))
                .of(Severity.ERROR)
                .stream()
                .filter(finding -> ABOUT_REPLICAS.contains(finding.rule()))
                .toList();
        if (!findings.isEmpty()) {
            throw new SpecInvalidException("scale(" + replicas + ") of " + place.ref(), findings);
        }
    }

    private static HasMetadata scaled(HasMetadata live, int replicas) {
        return live instanceof StatefulSet set
                ? new StatefulSetBuilder(set)
                        .editSpec()
                        .withReplicas(replicas)
                        .endSpec()
                        .build()
                : new DeploymentBuilder((Deployment) live)
                        .editSpec()
                        .withReplicas(replicas)
                        .endSpec()
                        .build();
    }
}
