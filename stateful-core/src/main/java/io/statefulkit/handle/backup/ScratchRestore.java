package io.statefulkit.handle.backup;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.statefulkit.handle.connection.ExecResult;
import io.statefulkit.handle.connection.OneShot;
import io.statefulkit.handle.connection.Shell;
import io.statefulkit.handle.place.LiveWorkload;
import io.statefulkit.handle.place.Place;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Restores a dump into a server that is started for it: a pod of its own on the node of the dumps, with a directory of its
 * own for the data. The server that was dumped has no part in it.
 */
record ScratchRestore(Dumps dumps) {

    private static final Duration PATIENCE = Duration.ofHours(12);
    private static final Pattern COUNTED = Pattern.compile("(?m)^restored (\\d+) tables (\\d+) rows$");

    Verified run(Backup backup) {
        Place place = dumps.server().place();
        Pod pod = new Shell(place).find(0).orElseGet(() -> new LiveWorkload(place).stoppedPod());
        BackupMount mount = BackupMount.of(dumps.container());
        List<EnvVar> env = List.of(
                new EnvVar("BACKUP", mount.directory() + "/" + backup.file(), null),
                new EnvVar("SHA256", backup.sha256(), null));
        ExecResult result = new OneShot(dumps.server())
                .run(
                        "verify",
                        List.of("sh", "-c", dumps.kind().scratch()),
                        env,
                        spec -> mount.in(spec, pod)
                                .addNewVolume()
                                .withName("scratch")
                                .withNewEmptyDir()
                                .endEmptyDir()
                                .endVolume()
                                .editFirstContainer()
                                .addNewVolumeMount()
                                .withName("scratch")
                                .withMountPath("/scratch")
                                .endVolumeMount()
                                .endContainer(),
                        PATIENCE);
        Matcher counted = COUNTED.matcher(result.stdout());
        if (!result.ok() || !counted.find()) {
            throw Dumps.cannot(backup, last(result.stdout()));
        }
        return new Verified(backup, Long.parseLong(counted.group(1)), Long.parseLong(counted.group(2)));
    }

    static String last(String log) {
        List<String> lines = log.strip().lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 10), lines.size()));
    }
}
