package io.statefulkit.lint.check;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.statefulkit.lint.LintOptions;
import io.statefulkit.lint.Rule;
import io.statefulkit.lint.objects.EngineKind;
import io.statefulkit.lint.objects.Manifest;
import io.statefulkit.lint.objects.Server;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** How a server starts, stops and is looked after. */
final class LifecycleChecks {

    private static final long SHORTEST_GRACE = 60;

    private LifecycleChecks() {}

    static void look(Manifest manifest, LintOptions options, Findings findings) {
        manifest.servers().forEach(server -> {
            probes(server, findings);
            grace(server, findings);
            memory(server, findings);
            helpers(manifest, server, findings);
            rollout(server, options, findings);
        });
        manifest.all(PodDisruptionBudget.class).forEach(budget -> budget(manifest, budget, findings));
    }

    private static void probes(Server server, Findings findings) {
        Container container = server.container();
        if (container.getReadinessProbe() == null) {
            findings.add(Rule.LC01, server.path());
        }
        if (container.getLivenessProbe() != null && container.getStartupProbe() == null) {
            findings.add(Rule.LC02, server.path());
        }
        Stream.of(
                        Optional.ofNullable(container.getStartupProbe()),
                        Optional.ofNullable(container.getReadinessProbe()),
                        Optional.ofNullable(container.getLivenessProbe()))
                .flatMap(Optional::stream)
                .filter(probe -> probe.getExec() != null)
                .forEach(probe -> exec(server, probe, findings));
    }

    private static void exec(Server server, Probe probe, Findings findings) {
        String words = String.join(" ", probe.getExec().getCommand());
        boolean mysql = words.contains("mysqladmin") || words.contains("mariadb-admin");
        boolean socket = mysql
                ? !words.contains("-h") && !words.contains("--protocol=tcp")
                : words.contains("pg_isready") && !words.contains("-h");
        if (socket) {
            findings.add(Rule.LC05, server.path(), words);
        }
        if (probe.getTimeoutSeconds() == null || probe.getTimeoutSeconds() <= 1) {
            findings.add(Rule.LC06, server.path(), words);
        }
    }

    private static void grace(Server server, Findings findings) {
        Long grace = server.pods().spec().getTerminationGracePeriodSeconds();
        long seconds = grace == null ? 30 : grace;
        if (seconds == 0) {
            findings.add(Rule.LC04, server.pods().path());
        } else if (seconds < SHORTEST_GRACE) {
            findings.add(Rule.LC03, server.pods().path(), seconds, SHORTEST_GRACE);
        }
    }

    private static void memory(Server server, Findings findings) {
        Optional<BigDecimal> limit = memoryLimit(server.container());
        Optional<BigDecimal> request = Optional.ofNullable(server.container().getResources())
                .flatMap(resources -> memory(resources.getRequests()))
                .or(() -> limit);
        if (limit.isEmpty() || limit.get().compareTo(request.orElse(BigDecimal.ZERO)) != 0) {
            findings.add(Rule.LC07, server.path());
        }
        if (server.engine() == EngineKind.POSTGRES && !server.mounts("/dev/shm")) {
            findings.add(Rule.LC08, server.path());
        }
    }

    static Optional<BigDecimal> memoryLimit(Container container) {
        return Optional.ofNullable(container.getResources()).flatMap(resources -> memory(resources.getLimits()));
    }

    private static Optional<BigDecimal> memory(Map<String, Quantity> amounts) {
        return Optional.ofNullable(amounts).map(some -> some.get("memory")).map(Quantity::getAmountInBytes);
    }

    private static void helpers(Manifest manifest, Server server, Findings findings) {
        server.pods().spec().getContainers().stream()
                .filter(container -> !container.equals(server.container()))
                .forEach(container -> {
                    if (container.getReadinessProbe() != null) {
                        findings.add(Rule.LC11, server.pods().path(container));
                    }
                    if (BackupScript.ignoresTerm(manifest.script(server.pods(), container))) {
                        findings.add(Rule.LC10, server.pods().path(container));
                    }
                });
    }

    private static void rollout(Server server, LintOptions options, Findings findings) {
        if (!(server.pods().owner() instanceof StatefulSet set)) {
            return;
        }
        boolean parallel = "Parallel".equals(set.getSpec().getPodManagementPolicy());
        // 1.35.0 to 1.35.3 let the pods of a broken first revision wait for ever
        boolean several = options.mayBe(35, 0, 3)
                && set.getSpec().getUpdateStrategy() != null
                && set.getSpec().getUpdateStrategy().getRollingUpdate() != null
                && set.getSpec().getUpdateStrategy().getRollingUpdate().getMaxUnavailable() != null;
        if (parallel || several) {
            findings.add(Rule.LC12, server.pods().path(), parallel ? "podManagementPolicy Parallel" : "maxUnavailable");
        }
    }

    private static void budget(Manifest manifest, PodDisruptionBudget budget, Findings findings) {
        if (budget.getSpec() == null
                || budget.getSpec().getMinAvailable() == null
                || budget.getSpec().getSelector() == null) {
            return;
        }
        Map<String, String> selector = Optional.ofNullable(
                        budget.getSpec().getSelector().getMatchLabels())
                .orElse(Map.of());
        String available = String.valueOf(budget.getSpec().getMinAvailable().getValue());
        manifest.pods().stream()
                .filter(pods -> pods.labels().entrySet().containsAll(selector.entrySet()))
                .filter(pods -> available.equals("100%") || available.equals(Integer.toString(pods.replicas())))
                .forEach(pods -> findings.add(
                        Rule.LC09, "PodDisruptionBudget/" + budget.getMetadata().getName(), available));
    }
}
