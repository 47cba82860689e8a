package io.statefulkit.manifest.render;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.statefulkit.spec.Names;
import io.statefulkit.spec.PodSettings;
import io.statefulkit.spec.Settings;
import io.statefulkit.spec.job.SidecarBackup;
import io.statefulkit.spec.pod.ContainerSpec;
import io.statefulkit.spec.pod.Resources;
import io.statefulkit.spec.pod.UserIds;
import io.statefulkit.spec.storage.Claim;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Containers beside a server. */
final class Containers {

    static final String BACKUP_SCRIPT_VOLUME = "backup-script";
    private static final String BACKUP_SCRIPTS = "/etc/statefulkit/backup";
    private static final String BACKUP_DIRECTORY = "/backup";

    private Containers() {}

    static ResourceRequirements resources(Resources resources) {
        ResourceRequirementsBuilder requirements = new ResourceRequirementsBuilder();
        requirements.addToRequests("cpu", Quantity.parse(resources.cpu()));
        resources.cpuLimit().ifPresent(limit -> requirements.addToLimits("cpu", Quantity.parse(limit)));
        resources.memory().ifPresent(memory -> {
            requirements.addToRequests("memory", Quantity.parse(memory.text()));
            requirements.addToLimits("memory", Quantity.parse(memory.text()));
        });
        return requirements.build();
    }

    static Container sidecar(ContainerSpec spec, PodSettings pod) {
        return new ContainerBuilder()
                .withName(spec.name())
                .withImage(spec.image()
                        .orElseThrow(() ->
                                new IllegalArgumentException("sidecar '%s' needs an image".formatted(spec.name())))
                        .reference())
                .withCommand(spec.command())
                .withArgs(spec.args())
                .withEnv(spec.env().entrySet().stream()
                        .map(entry -> new EnvVar(entry.getKey(), entry.getValue(), null))
                        .toList())
                .withResources(resources(spec.resources()))
                .withSecurityContext(Security.container(pod, false))
                .withRestartPolicy(spec.nativeSidecar() ? "Always" : null)
                .build();
    }

    /** Return the container that gives the data's volumes to the user that the server runs as. */
    static Container permissions(Settings settings, Server server) {
        PodSettings pod = settings.pod();
        UserIds ids = pod.runAs().orElse(server.ids());
        List<String> claims =
                settings.storage().claims().stream().map(Claim::name).toList();
        List<VolumeMount> mounts = server.mounts().stream()
                .filter(mount -> claims.contains(mount.getName()))
                .toList();
        List<String> command = new ArrayList<>(List.of("chown", ids.user() + ":" + ids.group()));
        mounts.forEach(mount -> command.add(mount.getMountPath()));
        return new ContainerBuilder()
                .withName("volume-permissions")
                .withImage(pod.image().orElseThrow().reference())
                .withCommand(command)
                .withVolumeMounts(mounts)
                .withResources(resources(Resources.cpu("50m").memory("64Mi")))
                .withSecurityContext(new SecurityContextBuilder()
                        .withRunAsUser(0L)
                        .withRunAsNonRoot(false)
                        .withAllowPrivilegeEscalation(false)
                        .withNewCapabilities()
                        .withDrop("ALL")
                        .withAdd("CHOWN")
                        .endCapabilities()
                        .build())
                .build();
    }

    /** Return the container that makes dumps again and again, beside the server. */
    static Container backup(SidecarBackup backup, String claim, PodSettings pod, Engine engine) {
        Container container = backup(engine, "127.0.0.1", claim, backup.keep(), pod);
        return new ContainerBuilder(container)
                .addToEnv(new EnvVar(
                        "BACKUP_INTERVAL", Long.toString(backup.interval().toSeconds()), null))
                .addToEnv(
                        new EnvVar("BACKUP_RETRY", Long.toString(backup.retry().toSeconds()), null))
                .withRestartPolicy(backup.nativeSidecar() ? "Always" : null)
                .build();
    }

    /** Return the container that makes one dump of the server at this host. */
    static Container backup(Engine engine, String host, String claim, int keep, PodSettings pod) {
        List<EnvVar> env = new ArrayList<>(engine.client(host));
        env.add(new EnvVar("BACKUP_DIR", BACKUP_DIRECTORY, null));
        env.add(new EnvVar("BACKUP_KEEP", Integer.toString(keep), null));
        return new ContainerBuilder()
                .withName("backup")
                .withImage(pod.image().orElseThrow().reference())
                .withCommand("sh", BACKUP_SCRIPTS + "/backup.sh")
                .withEnv(env)
                .withResources(resources(Resources.cpu("50m").memory("256Mi")))
                .withVolumeMounts(
                        Volumes.mount(claim, BACKUP_DIRECTORY),
                        Volumes.readOnly(BACKUP_SCRIPT_VOLUME, BACKUP_SCRIPTS),
                        Volumes.mount("tmp", "/tmp"))
                .withSecurityContext(Security.container(pod, true))
                .build();
    }

    static ConfigMap backupScript(Engine engine, Names names, Labels labels) {
        return ConfigMaps.of(
                names.backupScript(),
                labels,
                Map.of("backup.sh", engine.clientKit().backup()));
    }
}
