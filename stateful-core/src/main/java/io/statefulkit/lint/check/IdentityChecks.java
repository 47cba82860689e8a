package io.statefulkit.lint.check;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.statefulkit.internal.Marks;
import io.statefulkit.lint.Rule;
import io.statefulkit.lint.objects.Manifest;
import io.statefulkit.lint.objects.Pods;
import io.statefulkit.lint.objects.Server;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Names and selectors: how pods are found. */
final class IdentityChecks {

    private static final Pattern SERVICE_NAME = Pattern.compile("[a-z]([-a-z0-9]{0,61}[a-z0-9])?");
    private static final String INDEPENDENT = "statefulkit.dev/independent-replicas";

    private IdentityChecks() {}

    static void look(Manifest manifest, Findings findings) {
        manifest.all(StatefulSet.class).forEach(set -> governing(manifest, set, findings));
        manifest.pods().forEach(pods -> selector(pods, findings));
        jobsAreNoEndpoints(manifest, findings);
        manifest.objects().forEach(object -> name(object, findings));
        manifest.servers().forEach(server -> {
            replicas(server, findings);
            onlyHeadless(manifest, server, findings);
        });
    }

    private static void governing(Manifest manifest, StatefulSet set, Findings findings) {
        String path = "StatefulSet/" + set.getMetadata().getName();
        String name = set.getSpec() == null ? null : set.getSpec().getServiceName();
        if (name == null || name.isEmpty()) {
            findings.add(Rule.ID02, path);
            return;
        }
        List<String> headless = manifest.all(Service.class).stream()
                .filter(IdentityChecks::headless)
                .map(service -> service.getMetadata().getName())
                .toList();
        if (!headless.contains(name)) {
            findings.add(Rule.ID01, path, name, headless);
        }
    }

    private static boolean headless(Service service) {
        return service.getSpec() != null && "None".equals(service.getSpec().getClusterIP());
    }

    private static void selector(Pods pods, Findings findings) {
        LabelSelector selector = pods.owner() instanceof StatefulSet set
                ? set.getSpec().getSelector()
                : pods.owner() instanceof Deployment deployment
                        ? deployment.getSpec().getSelector()
                        : null;
        if (selector == null) {
            return;
        }
        Map<String, String> wanted =
                Optional.ofNullable(selector.getMatchLabels()).orElse(Map.of());
        // Expressions are not evaluated, so a selector that has nothing else is believed.
        boolean onlyExpressions =
                wanted.isEmpty() && !selector.getMatchExpressions().isEmpty();
        if (!onlyExpressions && !matches(wanted, pods.labels())) {
            findings.add(Rule.ID03, pods.path(), wanted, pods.labels());
        }
    }

    private static boolean matches(@Nullable Map<String, String> selector, Map<String, String> labels) {
        return selector != null && !selector.isEmpty() && labels.entrySet().containsAll(selector.entrySet());
    }

    private static void jobsAreNoEndpoints(Manifest manifest, Findings findings) {
        Stream<HasMetadata> selecting =
                Stream.concat(manifest.all(Service.class).stream(), manifest.all(PodDisruptionBudget.class).stream());
        selecting.forEach(object -> manifest.pods().stream()
                .filter(Pods::job)
                .filter(pods -> matches(selectorOf(object), pods.labels()))
                .forEach(pods -> findings.add(
                        Rule.ID04, object.getKind() + "/" + object.getMetadata().getName(), pods.path())));
    }

    private static @Nullable Map<String, String> selectorOf(HasMetadata object) {
        if (object instanceof Service service) {
            return service.getSpec() == null ? null : service.getSpec().getSelector();
        }
        var spec = ((PodDisruptionBudget) object).getSpec();
        return spec == null || spec.getSelector() == null
                ? null
                : spec.getSelector().getMatchLabels();
    }

    private static void name(HasMetadata object, Findings findings) {
        String name = object.getMetadata().getName();
        int max = object instanceof StatefulSet || object instanceof CronJob ? 52 : 63;
        boolean limited = max == 52 || object instanceof Service;
        if (limited
                && (name.length() > max
                        || (object instanceof Service
                                && !SERVICE_NAME.matcher(name).matches()))) {
            findings.add(Rule.ID07, object.getKind() + "/" + name, object.getKind(), max, name, name.length());
        }
    }

    private static void replicas(Server server, Findings findings) {
        Map<String, String> annotations =
                Marks.annotations(server.pods().owner().getMetadata());
        boolean shared = server.pods().owner() instanceof Deployment
                && server.dataClaim().isPresent();
        if (server.pods().replicas() > 1 && !shared && !annotations.containsKey(INDEPENDENT)) {
            findings.add(
                    Rule.ID08,
                    server.path(),
                    server.pods().replicas(),
                    server.engine().title());
        }
    }

    private static void onlyHeadless(Manifest manifest, Server server, Findings findings) {
        List<Service> services = manifest.all(Service.class).stream()
                .filter(service -> service.getSpec() != null
                        && matches(
                                service.getSpec().getSelector(), server.pods().labels()))
                .toList();
        if (!services.isEmpty() && services.stream().allMatch(IdentityChecks::headless)) {
            findings.add(Rule.ID05, "Service/" + services.get(0).getMetadata().getName());
        }
    }
}
