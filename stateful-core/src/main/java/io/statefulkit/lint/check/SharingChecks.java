package io.statefulkit.lint.check;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.statefulkit.lint.Rule;
import io.statefulkit.lint.objects.Manifest;
import io.statefulkit.lint.objects.Pods;
import io.statefulkit.lint.objects.Server;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Who shares a volume with whom. */
final class SharingChecks {

    private SharingChecks() {}

    static void look(Manifest manifest, Findings findings) {
        for (Pods pods : manifest.pods()) {
            if (pods.owner() instanceof Deployment deployment) {
                writableClaims(pods).forEach(claim -> deployment(manifest, pods, deployment, claim, findings));
            }
        }
        onePodClaims(manifest, findings);
    }

    private static void deployment(
            Manifest manifest, Pods pods, Deployment deployment, String claim, Findings findings) {
        if (pods.replicas() > 1) {
            findings.add(Rule.ST01, pods.path(), pods.replicas(), claim);
        }
        var strategy = deployment.getSpec().getStrategy();
        if (strategy == null || !"Recreate".equals(strategy.getType())) {
            findings.add(Rule.ST02, pods.path(), claim);
        } else if (!onePod(manifest, pods, claim) && !fenced(manifest, pods)) {
            findings.add(Rule.ST03, pods.path(), claim);
        }
    }

    private static boolean fenced(Manifest manifest, Pods pods) {
        List<Server> servers = manifest.servers().stream()
                .filter(server -> server.pods().equals(pods))
                .toList();
        return !servers.isEmpty() && servers.stream().allMatch(Server::fenced);
    }

    private static boolean onePod(Manifest manifest, Pods pods, String claim) {
        return manifest.claim(pods, claim).filter(SharingChecks::onePod).isPresent();
    }

    private static boolean onePod(PersistentVolumeClaim claim) {
        return claim.getSpec().getAccessModes().contains("ReadWriteOncePod");
    }

    private static Stream<String> writableClaims(Pods pods) {
        return pods.spec().getVolumes().stream()
                .filter(volume -> volume.getPersistentVolumeClaim() != null)
                .filter(volume ->
                        !Boolean.TRUE.equals(volume.getPersistentVolumeClaim().getReadOnly()))
                .filter(volume -> mountedForWriting(pods, volume))
                .map(volume -> volume.getPersistentVolumeClaim().getClaimName())
                .distinct();
    }

    private static boolean mountedForWriting(Pods pods, Volume volume) {
        return pods.containers().stream()
                .flatMap(container -> container.getVolumeMounts().stream())
                .anyMatch(
                        mount -> volume.getName().equals(mount.getName()) && !Boolean.TRUE.equals(mount.getReadOnly()));
    }

    private static void onePodClaims(Manifest manifest, Findings findings) {
        Map<String, String> users = new HashMap<>();
        for (Pods pods : manifest.pods()) {
            writableClaims(pods).filter(claim -> onePod(manifest, pods, claim)).forEach(claim -> {
                String other = users.putIfAbsent(claim, pods.path());
                if (other != null) {
                    findings.add(Rule.ST21, pods.path(), claim, other);
                }
            });
        }
    }
}
