package io.statefulkit.deploy.apply;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.statefulkit.deploy.ApplyException;
import io.statefulkit.deploy.watch.Forbidden;
import io.statefulkit.lint.Finding;
import io.statefulkit.lint.Rule;
import io.statefulkit.lint.check.Lint;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the rules what would happen if objects were applied over those that the cluster has. */
final class LiveRules {

    private static final Logger LOG = LoggerFactory.getLogger(LiveRules.class);

    /** Data would be lost or not be readable. */
    private static final Map<Rule, String> HARMFUL = Map.of(
            Rule.IMG04, "use upgrade(..) of the handle, which dumps and restores",
            Rule.IMG05, "use upgrade(..) of the handle, which dumps and restores",
            Rule.RD01, "use enableAof() of the handle, which lets the live server write the file first",
            Rule.AP04, "use rotatePassword(..) of the handle, which changes both");
    /** The API server would refuse it. */
    private static final Set<Rule> IMMUTABLE = EnumSet.of(Rule.AP03, Rule.ST19);

    private final KubernetesClient client;
    private final String namespace;
    private final List<HasMetadata> planned;

    LiveRules(KubernetesClient client, String namespace, List<HasMetadata> planned) {
        this.client = client;
        this.namespace = namespace;
        this.planned = planned;
    }

    /**
     * Returns what cannot be changed in place, empty when everything can.
     *
     * @throws ApplyException when data would be harmed
     */
    List<Finding> check(Map<Rule, String> allowed) {
        List<Finding> findings = Lint.against(planned, live()).allowing(allowed).findings();
        findings.stream()
                .filter(finding -> HARMFUL.containsKey(finding.rule()))
                .findFirst()
                .ifPresent(LiveRules::refuse);
        return findings.stream()
                .filter(finding -> IMMUTABLE.contains(finding.rule()))
                .toList();
    }

    private static void refuse(Finding finding) {
        throw new ApplyException(
                finding.path(),
                0,
                finding.message() + " (rule " + finding.rule() + ")",
                HARMFUL.get(finding.rule()) + "; or accept it in the spec with allow(Rule." + finding.rule()
                        + ", reason)");
    }

    private List<HasMetadata> live() {
        List<HasMetadata> live = new ArrayList<>();
        for (HasMetadata object : planned) {
            if (object instanceof StatefulSet
                    || object instanceof Deployment
                    || object instanceof ConfigMap
                    || object instanceof Secret) {
                add(live, object);
            }
        }
        try {
            live.addAll(client.persistentVolumeClaims()
                    .inNamespace(namespace)
                    .list()
                    .getItems());
        } catch (KubernetesClientException e) {
            allowForbidden(e);
        }
        return live;
    }

    private void add(List<HasMetadata> live, HasMetadata object) {
        try {
            HasMetadata there = client.resource(object).inNamespace(namespace).get();
            if (there != null) {
                live.add(there);
            }
        } catch (KubernetesClientException e) {
            allowForbidden(e);
        }
    }

    private static void allowForbidden(KubernetesClientException e) {
        Forbidden.orThrow(e);
        LOG.debug("a check before the deployment is left out, since it is not permitted", e);
    }
}
