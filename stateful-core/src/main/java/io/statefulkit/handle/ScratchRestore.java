package io.statefulkit.handle;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Restores a dump into a server that is started for it: a pod of its own on the node of the dumps, with a directory of its
 * own for the data. The server that was dumped has no part in it.
 */
record ScratchRestore(PostgresHandle handle, Container sidecar) {

    private static final Duration PATIENCE = Duration.ofHours(2);
    private static final Pattern COUNTED = Pattern.compile("(?m)^restored (\\d+) tables (\\d+) rows$");

    private static final String RESTORE = """
        set -eu
        cd /tmp
        [ -e "$BACKUP" ] || { echo "there is no such file" >&2; exit 4; }
        if [ -n "$SHA256" ] && [ "$(sha256sum <"$BACKUP" | cut -d' ' -f1)" != "$SHA256" ]; then
          echo "its hash has changed since it was made" >&2; exit 3
        fi
        export PGDATA=/scratch/data PGHOST=/scratch PGUSER=statefulkit_scratch PGDATABASE=postgres
        unset PGPASSWORD
        initdb --username="$PGUSER" --auth=trust --encoding=UTF8 --no-sync >/tmp/initdb.log 2>&1 || { cat /tmp/initdb.log >&2; exit 5; }
        pg_ctl -w -t 600 -l /tmp/server.log -o "-c listen_addresses= -c unix_socket_directories=/scratch -c fsync=off" \\
          start >/dev/null || { cat /tmp/server.log >&2; exit 5; }
        trap 'pg_ctl -w -m immediate stop >/dev/null 2>&1 || :' EXIT
        owner=--no-owner
        if [ -e "$BACKUP.globals.sql" ]; then
          psql -X -q -f "$BACKUP.globals.sql" >/tmp/globals.log 2>&1 || :
          owner=
        fi
        createdb --template=template0 restored
        pg_restore $owner --exit-on-error --dbname=restored "$BACKUP"
        psql -X -q -A -t -d restored >/tmp/counts <<'SQL'
        select format('select count(*) from %I.%I', schemaname, tablename) from pg_tables
          where schemaname not in ('pg_catalog', 'information_schema') \\gexec
        SQL
        t=0; r=0
        while read -r n; do t=$((t+1)); r=$((r+n)); done </tmp/counts
        echo "restored $t tables $r rows"
        """;

    Verified run(Backup backup) {
        Pod pod = new Shell(handle.place()).pod(0);
        String directory = sidecar.getEnv().stream()
                .filter(env -> env.getName().equals("BACKUP_DIR"))
                .map(EnvVar::getValue)
                .findFirst()
                .orElse("/backup");
        List<EnvVar> env = List.of(
                new EnvVar("BACKUP", directory + "/" + backup.file(), null),
                new EnvVar("SHA256", backup.sha256(), null));
        ExecResult result = new OneShot(handle)
                .run("verify", List.of("sh", "-c", RESTORE), env, spec -> withVolumes(spec, pod, directory), PATIENCE);
        Matcher counted = COUNTED.matcher(result.stdout());
        if (!result.ok() || !counted.find()) {
            throw new BackupException(
                    "backup " + backup.file() + " cannot be restored: " + last(result.stdout()),
                    "see what is said above, and choose another one of backups()");
        }
        return new Verified(backup, Long.parseLong(counted.group(1)), Long.parseLong(counted.group(2)));
    }

    private static String last(String log) {
        List<String> lines = log.strip().lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 10), lines.size()));
    }

    /** The claim of the dumps may only be mounted on the node where it is mounted already. */
    private PodSpecBuilder withVolumes(PodSpecBuilder spec, Pod pod, String directory) {
        String volume = sidecar.getVolumeMounts().stream()
                .filter(mount -> mount.getMountPath().equals(directory))
                .map(VolumeMount::getName)
                .findFirst()
                .orElseThrow();
        return spec.withNodeName(pod.getSpec().getNodeName())
                .addToVolumes(pod.getSpec().getVolumes().stream()
                        .filter(one -> one.getName().equals(volume))
                        .toArray(io.fabric8.kubernetes.api.model.Volume[]::new))
                .addNewVolume()
                .withName("scratch")
                .withNewEmptyDir()
                .endEmptyDir()
                .endVolume()
                .editFirstContainer()
                .addNewVolumeMount()
                .withName(volume)
                .withMountPath(directory)
                .withReadOnly(true)
                .endVolumeMount()
                .addNewVolumeMount()
                .withName("scratch")
                .withMountPath("/scratch")
                .endVolumeMount()
                .endContainer();
    }
}
