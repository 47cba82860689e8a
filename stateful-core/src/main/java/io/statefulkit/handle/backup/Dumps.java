package io.statefulkit.handle.backup;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.statefulkit.handle.connection.ExecResult;
import io.statefulkit.handle.connection.Heartbeat;
import io.statefulkit.handle.connection.Server;
import io.statefulkit.handle.connection.Shell;
import io.statefulkit.handle.place.LiveWorkload;
import io.statefulkit.internal.NotApi;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The dumps that the backup sidecar of a server makes. */
@NotApi
public final class Dumps {

    /** The name of the container that makes dumps. */
    static final String SIDECAR = "backup";

    private static final Duration PATIENCE = Duration.ofHours(12);
    private static final Pattern STAMP = Pattern.compile(".*-(\\d{8}T\\d{6})Z\\.[a-z]+");
    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss");

    /** One line a dump: size, hash, name. The sidecar may remove one, or write its hash, while they are listed. */
    static final String LIST = """
        cd "$BACKUP_DIR" || exit 1
        for f in *."$1"; do
          [ -e "$f" ] || continue
          h=
          [ ! -e "$f.sha256" ] || h=$(cut -d' ' -f1 "$f.sha256") || continue
          n=$(wc -c <"$f") || continue
          echo "$n ${h:--} $f"
        done
        """;

    /** A dump with a hash was read back before the hash was taken; one without is read now. */
    private static final String CHECK = """
        cd "$BACKUP_DIR" || exit 1
        [ -e "$1" ] || { echo "there is no such file" >&2; exit 4; }
        if [ -n "$2" ]; then
          [ "$(sha256sum <"$1" | cut -d' ' -f1)" = "$2" ] || { echo "its hash has changed since it was made" >&2; exit 3; }
          exit 0
        fi
        """;

    private static final String COPY_NOW =
            "script=$(ls /etc/statefulkit/backup/backup.sh) && BACKUP_INTERVAL=0 exec sh \"$script\"";

    private final Server server;
    private final DumpKind kind;

    private Dumps(Server server, DumpKind kind) {
        this.server = server;
        this.kind = kind;
    }

    /** Returns the dumps of a PostgreSQL server. */
    public static Dumps ofPostgres(Server server) {
        return new Dumps(server, DumpKind.POSTGRES);
    }

    /** Returns the dumps of a Redis or Valkey server. */
    public static Dumps ofRedis(Server server) {
        return new Dumps(server, DumpKind.REDIS);
    }

    /** Returns the dumps of a MySQL or MariaDB server. */
    public static Dumps ofMySql(Server server) {
        return new Dumps(server, DumpKind.MYSQL);
    }

    Server server() {
        return server;
    }

    DumpKind kind() {
        return kind;
    }

    public List<Backup> list() {
        return new DumpReader(this)
                .run(LIST, kind.suffix())
                .orThrow()
                .stdout()
                .lines()
                .map(Dumps::parse)
                .sorted(Comparator.comparing(Backup::made))
                .toList();
    }

    static Backup parse(String line) {
        String[] words = line.strip().split(" +", 3);
        Matcher stamp = STAMP.matcher(words[2]);
        Instant made =
                stamp.matches() ? LocalDateTime.parse(stamp.group(1), FORMAT).toInstant(ZoneOffset.UTC) : Instant.EPOCH;
        return new Backup(words[2], made, Long.parseLong(words[0]), words[1].equals("-") ? "" : words[1]);
    }

    public Backup now() {
        ExecResult result = sidecar(COPY_NOW);
        Matcher done = Pattern.compile("backup ok (\\S+)").matcher(result.stdout());
        if (!result.ok() || !done.find()) {
            throw new BackupException(
                    "the backup has failed, older ones are still there: " + said(result),
                    "see what the dump program says above: is the volume full, is the server there?");
        }
        String file = done.group(1);
        return list().stream()
                .filter(backup -> backup.file().equals(file))
                .findFirst()
                .orElseThrow(() -> new BackupException(
                        "the backup " + file + " was made, but is gone already", "keep more backups than one"));
    }

    /** Refuses a backup that is not whole. */
    void check(Backup backup) {
        ExecResult result = sidecar(CHECK + kind.readBack(), backup.file(), backup.sha256());
        if (!result.ok()) {
            throw unusable(backup, said(result));
        }
    }

    /** Restores into a server of its own. */
    public Verified verify(Backup backup) {
        return new ScratchRestore(this).run(backup);
    }

    /** Runs a script where the dumps are. */
    ExecResult sidecar(String script, String... args) {
        return sidecar(script, new byte[0], args);
    }

    /** Runs a script where the dumps are; it reads the input as its standard input. */
    ExecResult sidecar(String script, byte[] input, String... args) {
        List<String> command = command(Heartbeat.around(script), args);
        return new Shell(server.place()).run(0, container().getName(), command, input, PATIENCE);
    }

    /** Returns the command that runs a script where the dumps are. */
    static List<String> command(String script, String... args) {
        return Stream.concat(Stream.of("sh", "-c", script, "statefulkit-backup"), Stream.of(args))
                .toList();
    }

    /** Returns the container that makes dumps. */
    Container container() {
        PodSpec pod = new LiveWorkload(server.place()).pod();
        return Stream.concat(pod.getInitContainers().stream(), pod.getContainers().stream())
                .filter(one -> one.getName().equals(SIDECAR))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException(server.place().ref()
                        + " has no backup sidecar: add withSidecarBackup(SidecarBackup.every(..)) and"
                        + " deploy it again"));
    }

    /** Refuses what is not the dump that was made. */
    static BackupException unusable(Backup backup, String said) {
        return new BackupException(
                "backup " + backup.file() + " cannot be used: " + said, "choose another one of backups()");
    }

    /** Refuses what a restore has reported as failed. */
    static BackupException cannot(Backup backup, String said) {
        return new BackupException(
                "backup " + backup.file() + " cannot be restored: " + said,
                "see what is said above, and choose another one of backups()");
    }

    /** Returns what a script has said, without the signs of life. */
    static String said(ExecResult result) {
        return (result.stderr().isBlank() ? result.stdout() : result.stderr())
                .lines()
                .filter(line -> !line.isBlank())
                .collect(Collectors.joining("\n"))
                .strip();
    }
}
