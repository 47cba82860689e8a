package io.statefulkit.handle.backup;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.statefulkit.deploy.watch.Pods;
import io.statefulkit.handle.client.RedisClient;
import io.statefulkit.handle.connection.ExecResult;
import io.statefulkit.handle.connection.OneShot;
import io.statefulkit.handle.connection.Shell;
import io.statefulkit.handle.place.LiveWorkload;
import io.statefulkit.handle.place.Place;
import io.statefulkit.handle.pod.Hibernation;
import io.statefulkit.handle.volume.Mounts;
import io.statefulkit.internal.NotApi;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Puts a dump in the place of the files of a Redis server. A server reads its files when it starts, so it is stopped
 * meanwhile; a server that is started for that makes the new files beside the old ones, append-only file included, since a
 * start with {@code appendonly yes} and no such file would be a start without keys.
 */
@NotApi
public record RedisRestore(RedisClient client) {

    private static final Duration PATIENCE = Duration.ofHours(12);
    private static final String PURPOSE = "restore";

    /** Defines {@code load DIRECTORY}: a server with a socket {@code s} there that has loaded the dump; {@code t} databases, {@code r} keys. */
    static final String LOAD = """
        server=$(command -v redis-server || command -v valkey-server)
        cli=$(command -v redis-cli || command -v valkey-cli)
        p=
        trap '[ -z "$p" ] || kill -9 $p 2>/dev/null || :' EXIT
        ask() { (cd "$directory" && exec "$cli" -s s "$@") | tr -d '\\r'; }
        load() {
          directory=$1
          mkdir "$directory"
          cp "$BACKUP" "$directory/${RDB:-dump.rdb}"
          # Its name is relative, since names of sockets have to be short. A dump may have more databases than sixteen.
          printf 'port 0\\ndir %s\\nunixsocket s\\ndbfilename %s\\nappendonly no\\nsave ""\\ndatabases 16384\\n' \\
            "$directory" "${RDB:-dump.rdb}" >/tmp/load.conf
          # The files get the names under which the server of later looks for them.
          [ -z "${AOF_FILE:-}" ] || echo "appendfilename $AOF_FILE" >>/tmp/load.conf
          [ -z "${AOF_DIRECTORY:-}" ] || echo "appenddirname $AOF_DIRECTORY" >>/tmp/load.conf
          "$server" /tmp/load.conf >/tmp/server.log 2>&1 &
          p=$!
          until [ "$(ask ping 2>/dev/null)" = PONG ]; do
            kill -0 "$p" 2>/dev/null || { p=; tail -n 20 /tmp/server.log >&2; exit 5; }
            sleep 0.1
          done
          t=0; r=0
          for line in $(ask info keyspace | grep '^db'); do
            keys=${line#*keys=}
            t=$((t+1)); r=$((r+${keys%%,*}))
          done
        }
        """;

    static final String MAKE = "set -eu\n" + LOAD + RedisSwap.SCRIPT + """
        alone
        new=$DATA/.statefulkit-new
        rm -rf "$new"
        load "$new"
        if [ -n "$AOF" ]; then
          [ "$(ask config set appendonly yes)" = OK ] || { echo "CONFIG SET is refused" >&2; exit 1; }
          while :; do
            case $(ask info persistence) in
              *aof_last_bgrewrite_status:err*) echo "the append-only file cannot be written: is the volume full?" >&2; exit 1 ;;
              *aof_enabled:1*aof_rewrite_in_progress:0*aof_rewrite_scheduled:0*) break ;;
            esac
            sleep 0.1
          done
        fi
        ask shutdown nosave >/dev/null 2>&1 || :
        wait "$p" || :
        p=
        rm -f "$new/s"
        complete
        exchange
        """;

    private static final String SPACE = """
        df -Pk "$1" | tail -n 1
        du -sk "$1" | { read -r k rest; echo $((k * 1024)); }
        """;

    /** What is done while the server is stopped: with the volumes of this pod, whose data is mounted there. */
    private record Task(Pod pod, String data, List<EnvVar> env) {}

    private Place place() {
        return client.server().place();
    }

    private Dumps dumps() {
        return Dumps.ofRedis(client.server());
    }

    public Restored run(Backup backup) {
        Hibernation pending = new Hibernation(place());
        if (pending.restoring().isPresent()) {
            recover();
            pending.finished();
        }
        int replicas = new LiveWorkload(place()).replicas();
        if (replicas != 1) {
            throw new UnsupportedOperationException("expected one replica of " + place().ref() + ", but there are "
                    + replicas
                    + " servers with keys of their own: scale it to 1, restore, scale back");
        }
        dumps().check(backup);
        String data = new Mounts(place())
                .holding(client.server().container(), client.directory())
                .path();
        FreeSpace.require(client.server(), backup, SPACE, data);
        // What cannot be loaded is found out while the server still runs.
        dumps().verify(backup);
        String old = RedisSwap.OLD + System.currentTimeMillis();
        Pod pod = new Shell(place()).pod(0);
        Task task = new Task(pod, data, env(backup, data, old));
        new Hibernation(place()).hibernateToRestore(data).await();
        try {
            ExecResult result = onVolumes(PURPOSE, MAKE, task);
            if (!result.ok()) {
                throw Dumps.cannot(backup, ScratchRestore.last(result.stdout()));
            }
        } catch (RuntimeException e) {
            if (!afterwards(data, e)) {
                throw e;
            }
        }
        new Hibernation(place()).finished();
        return new Restored(
                "0",
                data + "/" + old,
                () -> client.server()
                        .run(0, List.of("rm", "-rf", data + "/" + old), new byte[0], PATIENCE)
                        .orThrow());
    }

    /** Tells whether the files have been exchanged after all; if not, the server runs again with those before. */
    private boolean afterwards(String data, RuntimeException failure) {
        try {
            boolean exchanged = finish(data);
            if (!exchanged) {
                new Hibernation(place()).finished();
            }
            return exchanged;
        } catch (RuntimeException e) {
            failure.addSuppressed(new IllegalStateException(
                    "the server of " + place().ref() + " is stopped; wake() of its handle takes the restore back"
                            + " or completes it, and starts the server",
                    e));
            return false;
        }
    }

    /** Completes or takes back what another program has left in the middle; does nothing when there is no such thing. */
    public void recover() {
        new Hibernation(place()).restoring().ifPresent(this::finish);
    }

    /** Returns true when the files have been exchanged, false when they are as they were. */
    private boolean finish(String data) {
        awaitOthers();
        Task task = new Task(new LiveWorkload(place()).stoppedPod(), data, List.of(new EnvVar("DATA", data, null)));
        return onVolumes("finish", "set -eu\n" + RedisSwap.SCRIPT + "alone\nfinish\n", task)
                .orThrow()
                .stdout()
                .contains(RedisSwap.EXCHANGED);
    }

    /** A pod that another program has started goes on without it. */
    private void awaitOthers() {
        var pods = place().client().pods().inNamespace(place().namespace());
        pods.withLabel(OneShot.TASK, PURPOSE).list().getItems().stream()
                .map(Pods::name)
                .filter(name -> restores(name, place().name()))
                .forEach(name -> {
                    pods.withName(name).waitUntilCondition(OneShot::over, PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
                    pods.withName(name).delete();
                });
    }

    /** Tells whether a pod restores this workload, and not one whose name is longer. */
    static boolean restores(String pod, String workload) {
        return pod.matches(Pattern.quote(workload + "-" + PURPOSE + "-") + "[a-z0-9]+");
    }

    private ExecResult onVolumes(String purpose, String script, Task task) {
        return new OneShot(client.server())
                .run(purpose, List.of("sh", "-c", script), task.env(), spec -> withVolumes(spec, task), PATIENCE);
    }

    private PodSpecBuilder withVolumes(PodSpecBuilder spec, Task task) {
        VolumeMount data = task.pod().getSpec().getContainers().stream()
                .filter(one -> one.getName().equals(client.server().container()))
                .flatMap(one -> one.getVolumeMounts().stream())
                .filter(mount -> mount.getMountPath().equals(task.data()))
                .findFirst()
                .orElseThrow();
        return BackupMount.of(dumps().container())
                .in(spec, task.pod())
                .addToVolumes(BackupMount.volume(task.pod(), data.getName()))
                .editFirstContainer()
                .addToVolumeMounts(data)
                .endContainer();
    }

    private List<EnvVar> env(Backup backup, String data, String old) {
        String rdb = client.setting("dbfilename");
        String file = client.setting("appendfilename");
        String directory = client.setting("appenddirname");
        return List.of(
                new EnvVar("BACKUP", BackupMount.of(dumps().container()).directory() + "/" + backup.file(), null),
                new EnvVar("DATA", data, null),
                new EnvVar("OLD", old, null),
                new EnvVar("RDB", rdb, null),
                new EnvVar("FILES", rdb + " " + file + " " + directory, null),
                new EnvVar("AOF_FILE", file, null),
                new EnvVar("AOF_DIRECTORY", directory, null),
                new EnvVar("AOF", client.setting("appendonly").equals("yes") ? "yes" : "", null));
    }
}
