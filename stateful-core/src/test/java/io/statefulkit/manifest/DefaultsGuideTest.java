package io.statefulkit.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetSpec;
import io.statefulkit.spec.StatefulMySql;
import io.statefulkit.spec.StatefulPostgres;
import io.statefulkit.spec.StatefulRedis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The guide's table of defaults is what is rendered. Run with {@code -Dgolden.update=true} to write it anew. */
class DefaultsGuideTest {

    private static final Path GUIDE = Path.of("../docs/guide/02-workloads.md");
    private static final String BEGIN = "<!-- defaults: made from the code, a test compares -->\n";
    private static final String END = "<!-- end of the defaults -->\n";

    private static final List<StatefulSet> SETS = List.of(
            set(Plan.of(StatefulPostgres.named("a")
                    .withImage("postgres:17.6-bookworm")
                    .withVolumeClaimTemplate("1Gi"))),
            set(Plan.of(StatefulRedis.named("a").withImage("redis:7.4-bookworm").withVolumeClaimTemplate("1Gi"))),
            set(Plan.of(StatefulMySql.named("a").withImage("mysql:8.4").withVolumeClaimTemplate("1Gi"))),
            set(Plan.of(StatefulMySql.named("a").withImage("mariadb:11.4").withVolumeClaimTemplate("1Gi"))));

    private static final Map<String, Function<StatefulSet, Object>> ROWS = new LinkedHashMap<>();

    static {
        ROWS.put("port", set -> container(set).getPorts().get(0).getContainerPort());
        ROWS.put("volume at", DefaultsGuideTest::volumes);
        ROWS.put("requests", set -> amounts(container(set).getResources().getRequests()));
        ROWS.put("limits", set -> amounts(container(set).getResources().getLimits()));
        ROWS.put("arguments", set -> arguments(container(set)));
        ROWS.put("user, group, group of files", DefaultsGuideTest::user);
        ROWS.put("time to start", set -> seconds(container(set).getStartupProbe()));
        ROWS.put("not ready after", set -> seconds(container(set).getReadinessProbe()));
        ROWS.put("killed as hung after", set -> seconds(container(set).getLivenessProbe()));
        ROWS.put("time to stop", set -> pod(set).getTerminationGracePeriodSeconds() + " s");
        ROWS.put("pods start", set -> set.getSpec().getPodManagementPolicy());
        ROWS.put("update", set -> set.getSpec().getUpdateStrategy().getType());
        ROWS.put("claims of a deleted set, of a scaled set", DefaultsGuideTest::retention);
    }

    @Test
    void the_guide_lists_the_defaults_as_they_are_rendered() throws IOException {
        String page = Files.readString(GUIDE);
        String before = page.substring(0, page.indexOf(BEGIN) + BEGIN.length());
        String after = page.substring(page.indexOf(END));
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(GUIDE, before + table() + after);
        }
        assertThat(Files.readString(GUIDE)).isEqualTo(before + table() + after);
    }

    private static String table() {
        return "| | PostgreSQL | Redis | MySQL | MariaDB |\n|---|---|---|---|---|\n"
                + ROWS.entrySet().stream()
                        .map(row -> row(row.getKey(), row.getValue()))
                        .collect(Collectors.joining());
    }

    private static String row(String what, Function<StatefulSet, Object> value) {
        return SETS.stream()
                .map(set -> String.valueOf(value.apply(set)))
                .collect(Collectors.joining(" | ", "| " + what + " | ", " |\n"));
    }

    private static StatefulSet set(Plan plan) {
        return plan.namespaced().stream()
                .filter(StatefulSet.class::isInstance)
                .map(StatefulSet.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private static PodSpec pod(StatefulSet set) {
        return set.getSpec().getTemplate().getSpec();
    }

    private static Container container(StatefulSet set) {
        return pod(set).getContainers().get(0);
    }

    private static String volumes(StatefulSet set) {
        return container(set).getVolumeMounts().stream()
                .filter(mount -> mount.getName().equals("data"))
                .map(mount -> "`" + mount.getMountPath() + "`"
                        + (mount.getSubPath() == null ? "" : " (its folder `" + mount.getSubPath() + "`)"))
                .collect(Collectors.joining(", "));
    }

    private static String amounts(Map<String, Quantity> resources) {
        return resources.entrySet().stream()
                .map(amount -> amount.getKey() + " " + amount.getValue())
                .collect(Collectors.joining(", "));
    }

    private static String arguments(Container container) {
        return container.getArgs().stream().skip(1).collect(Collectors.joining(" ", "`", "`"));
    }

    private static String user(StatefulSet set) {
        PodSecurityContext security = pod(set).getSecurityContext();
        return security.getRunAsUser() + ", " + security.getRunAsGroup() + ", " + security.getFsGroup();
    }

    private static String seconds(Probe probe) {
        return probe.getFailureThreshold() * probe.getPeriodSeconds() + " s";
    }

    private static String retention(StatefulSet set) {
        StatefulSetSpec spec = set.getSpec();
        return spec.getPersistentVolumeClaimRetentionPolicy().getWhenDeleted() + ", "
                + spec.getPersistentVolumeClaimRetentionPolicy().getWhenScaled();
    }
}
