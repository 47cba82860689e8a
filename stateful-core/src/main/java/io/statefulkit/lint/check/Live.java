package io.statefulkit.lint.check;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.statefulkit.internal.Marks;
import io.statefulkit.lint.Rule;
import io.statefulkit.lint.objects.EngineKind;
import io.statefulkit.lint.objects.Manifest;
import io.statefulkit.lint.objects.Server;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What goes wrong when objects are applied over those that are there. */
final class Live {

    private static final String MAJOR = "statefulkit.dev/major";
    private static final String FAMILY = "statefulkit.dev/image-family";

    private final Manifest planned;
    private final Manifest live;
    private final Findings findings;

    Live(Manifest planned, Manifest live, Findings findings) {
        this.planned = planned;
        this.live = live;
        this.findings = findings;
    }

    void look() {
        planned.all(StatefulSet.class)
                .forEach(set -> live.named(StatefulSet.class, name(set)).ifPresent(there -> immutable(set, there)));
        planned.all(Deployment.class)
                .forEach(deployment ->
                        live.named(Deployment.class, name(deployment)).ifPresent(there -> recreate(deployment, there)));
        planned.all(Secret.class)
                .forEach(secret -> live.named(Secret.class, name(secret)).ifPresent(there -> password(secret, there)));
        planned.pods().forEach(pods -> pods.templates().forEach(template -> storageClass(pods.path(), template)));
        planned.all(PersistentVolumeClaim.class)
                .forEach(claim -> storageClass("PersistentVolumeClaim/" + name(claim), claim));
        planned.servers().forEach(this::claims);
    }

    private static String name(HasMetadata object) {
        return object.getMetadata().getName();
    }

    private void immutable(StatefulSet planned, StatefulSet there) {
        List<String> changed = new ArrayList<>();
        differs(
                changed,
                "selector",
                planned.getSpec().getSelector(),
                there.getSpec().getSelector());
        differs(
                changed,
                "serviceName",
                planned.getSpec().getServiceName(),
                there.getSpec().getServiceName());
        differs(
                changed,
                "podManagementPolicy",
                Objects.requireNonNullElse(planned.getSpec().getPodManagementPolicy(), "OrderedReady"),
                Objects.requireNonNullElse(there.getSpec().getPodManagementPolicy(), "OrderedReady"));
        List<String> templates = templates(planned);
        boolean sameTemplates = templates.equals(templates(there));
        if (sameTemplates) {
            differs(changed, "labels and annotations of volumeClaimTemplates", marks(planned), marks(there));
        }
        if (!changed.isEmpty()) {
            findings.add(Rule.AP03, "StatefulSet/" + name(planned), String.join(", ", changed));
        }
        if (!sameTemplates) {
            findings.add(Rule.ST19, "StatefulSet/" + name(planned), templates(there), templates);
        }
    }

    private static void differs(List<String> changed, String field, @Nullable Object planned, @Nullable Object there) {
        if (!Objects.equals(planned, there)) {
            changed.add(field);
        }
    }

    private static List<String> templates(StatefulSet set) {
        return set.getSpec().getVolumeClaimTemplates().stream()
                .map(template -> name(template) + " " + size(template) + " "
                        + Optional.ofNullable(template.getSpec().getStorageClassName())
                                .orElse("(default class)") + " "
                        + template.getSpec().getAccessModes())
                .sorted()
                .toList();
    }

    private static List<String> marks(StatefulSet set) {
        return set.getSpec().getVolumeClaimTemplates().stream()
                .map(template -> name(template) + " " + new TreeMap<>(Marks.labels(template.getMetadata())) + " "
                        + new TreeMap<>(Marks.annotations(template.getMetadata())))
                .sorted()
                .toList();
    }

    private static String size(PersistentVolumeClaim claim) {
        // Kubernetes keeps 1.5Gi as 1536Mi.
        return DataPathChecks.size(claim)
                .map(bytes -> bytes.stripTrailingZeros().toPlainString())
                .orElse("?");
    }

    private void recreate(Deployment planned, Deployment there) {
        boolean wanted = planned.getSpec().getStrategy() != null
                && "Recreate".equals(planned.getSpec().getStrategy().getType());
        boolean rolling = there.getSpec().getStrategy() != null
                && there.getSpec().getStrategy().getRollingUpdate() != null;
        if (wanted && rolling) {
            findings.add(Rule.AP02, "Deployment/" + name(planned));
        }
    }

    private void password(Secret planned, Secret there) {
        Map<String, String> before = PasswordChecks.values(there);
        PasswordChecks.values(planned).forEach((key, value) -> {
            if (key.toLowerCase(Locale.ROOT).contains("password")
                    && before.containsKey(key)
                    && !value.equals(before.get(key))) {
                findings.add(Rule.AP04, "Secret/" + name(planned), key);
            }
        });
    }

    private void storageClass(String path, PersistentVolumeClaim claim) {
        String wanted = claim.getSpec().getStorageClassName();
        if (wanted == null || wanted.isEmpty()) {
            return;
        }
        Optional<StorageClass> there =
                planned.named(StorageClass.class, wanted).or(() -> live.named(StorageClass.class, wanted));
        if (there.isEmpty()) {
            findings.add(Rule.ST17, path, wanted);
        } else if (!"Retain".equals(there.get().getReclaimPolicy())) {
            findings.add(Rule.ST16, path);
        }
    }

    private void claims(Server server) {
        claimsOf(server).forEach(claim -> {
            Map<String, String> notes = Marks.annotations(claim.getMetadata());
            String path = "PersistentVolumeClaim/" + name(claim);
            if (live.named(server.pods().owner().getClass(), name(server.pods().owner()))
                    .isEmpty()) {
                findings.add(Rule.AP05, path, name(claim));
            }
            String major = notes.get(MAJOR);
            if (major != null && !major.equals(Integer.toString(server.major()))) {
                findings.add(Rule.IMG04, path, major, server.major());
            }
            String family = server.image().alpine() ? "alpine" : "debian";
            String before = notes.get(FAMILY);
            if (before != null && !before.equals(family)) {
                findings.add(Rule.IMG05, path, before, family);
            }
        });
        redis(server);
    }

    private Stream<PersistentVolumeClaim> claimsOf(Server server) {
        String set = "-" + name(server.pods().owner()) + "-";
        return server.dataClaim().stream()
                .flatMap(data -> live.all(PersistentVolumeClaim.class).stream()
                        .filter(claim -> name(claim).equals(data)
                                || (name(claim).startsWith(data + set)
                                        && name(claim)
                                                .substring((data + set).length())
                                                .matches("[0-9]+"))));
    }

    private void redis(Server server) {
        if (server.engine() != EngineKind.REDIS || !RedisChecks.appendOnly(planned, server)) {
            return;
        }
        live.servers().stream()
                .filter(there -> there.engine() == EngineKind.REDIS
                        && name(there.pods().owner()).equals(name(server.pods().owner()))
                        && there.dataClaim().isPresent()
                        && !RedisChecks.appendOnly(live, there))
                .forEach(there -> findings.add(Rule.RD01, server.path()));
    }
}
