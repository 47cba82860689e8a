package io.statefulkit.lint.check;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.statefulkit.lint.Rule;
import io.statefulkit.lint.objects.EngineKind;
import io.statefulkit.lint.objects.Manifest;
import io.statefulkit.lint.objects.Pods;
import io.statefulkit.lint.objects.Server;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;

/** Whether the data directory of a server is on a volume, in the right place of it, and has room. */
final class DataPathChecks {

    private static final String ROOT = "/var/lib/postgresql";

    private DataPathChecks() {}

    static void look(Manifest manifest, Findings findings) {
        manifest.servers().forEach(server -> {
            if (!postgresMount(server, findings)) {
                dataOnVolume(server, findings);
            }
            room(manifest, server, findings);
            loneBackup(manifest, server, findings);
        });
    }

    /** Return true if the mount is in the wrong place for the major, which hides everything else. */
    private static boolean postgresMount(Server server, Findings findings) {
        if (server.engine() != EngineKind.POSTGRES) {
            return false;
        }
        boolean defaultData = Pods.value(server.container(), "PGDATA")
                .map(path -> Pods.contains(ROOT + "/data", path))
                .orElse(true);
        if (server.major() < 18 && defaultData && server.mounts(ROOT) && !server.mounts(ROOT + "/data")) {
            findings.add(Rule.ST05, server.path(), server.major());
            return true;
        }
        if (server.major() >= 18 && server.mounts(ROOT + "/data")) {
            findings.add(Rule.ST06, server.path(), server.image().tag().orElse("latest"));
            return true;
        }
        return false;
    }

    private static void dataOnVolume(Server server, Findings findings) {
        Optional<VolumeMount> mount = server.dataMount();
        boolean kept = mount.isPresent()
                && (server.dataClaim().isPresent()
                        || lasting(server.pods().volume(mount.get().getName())));
        if (!kept) {
            findings.add(Rule.ST04, server.path(), server.engine().title(), server.dataPath());
            return;
        }
        boolean atRoot = mount.get().getSubPath() == null
                && Pods.strip(mount.get().getMountPath()).equals(Pods.strip(server.dataPath()));
        if (atRoot && server.engine() == EngineKind.POSTGRES) {
            findings.add(Rule.ST07, server.path(), server.dataPath());
        }
        if (atRoot && server.engine() == EngineKind.MYSQL) {
            findings.add(Rule.ST08, server.path(), server.dataPath());
        }
    }

    private static boolean lasting(Optional<Volume> volume) {
        return volume.filter(some -> some.getEmptyDir() == null
                        && some.getConfigMap() == null
                        && some.getSecret() == null
                        && some.getEphemeral() == null)
                .isPresent();
    }

    private static void room(Manifest manifest, Server server, Findings findings) {
        Optional<PersistentVolumeClaim> claim = server.dataClaim().flatMap(name -> manifest.claim(server.pods(), name));
        Optional<BigDecimal> size = claim.flatMap(DataPathChecks::size);
        BigDecimal minimum = server.engine() == EngineKind.REDIS
                ? RedisChecks.maxMemory(manifest, server).multiply(BigDecimal.valueOf(3))
                : Quantity.getAmountInBytes(Quantity.parse(server.engine().minimum()));
        if (size.isPresent() && size.get().compareTo(minimum) < 0) {
            findings.add(
                    Rule.ST18,
                    server.path(),
                    Quantities.text(claim.orElseThrow().getSpec().getResources().getRequests()),
                    server.engine().title());
        }
    }

    static Optional<BigDecimal> size(PersistentVolumeClaim claim) {
        return Optional.ofNullable(claim.getSpec().getResources())
                .map(resources -> resources.getRequests())
                .map((Map<String, Quantity> requests) -> requests.get("storage"))
                .map(Quantity::getAmountInBytes);
    }

    private static void loneBackup(Manifest manifest, Server server, Findings findings) {
        // A mount that the image does not look at (ST06) is meant for the data all the same.
        Optional<String> data = server.dataClaim()
                .or(() -> server.container().getVolumeMounts().stream()
                        .flatMap(mount -> server.pods().claimOf(mount.getName()).stream())
                        .findFirst());
        if (data.isEmpty()) {
            return;
        }
        for (Pods pods : manifest.pods()) {
            for (var container : pods.containers()) {
                boolean same = container.getVolumeMounts().stream()
                        .anyMatch(mount -> pods.claimOf(mount.getName()).equals(data));
                if (same
                        && !container.equals(server.container())
                        && BackupScript.dumps(manifest.script(pods, container))
                        && (pods.equals(server.pods()) || pods.templates().isEmpty())) {
                    findings.add(Rule.ST20, pods.path(container), data.get());
                }
            }
        }
    }
}
