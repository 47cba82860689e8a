package io.statefulkit.handle;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
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
import java.util.stream.Stream;

/** The dumps that the backup sidecar of a PostgreSQL server makes. */
final class PostgresBackups {

    private static final String SIDECAR = "backup";
    private static final Duration PATIENCE = Duration.ofHours(2);
    private static final Pattern STAMP = Pattern.compile(".*-(\\d{8}T\\d{6})Z\\.dump");
    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss");

    /** One line a dump: size, hash, name. */
    private static final String LIST = """
        cd "$BACKUP_DIR" || exit 1
        for f in *.dump; do
          [ -e "$f" ] || continue
          h=-
          [ ! -e "$f.sha256" ] || h=$(cut -d' ' -f1 "$f.sha256")
          echo "$(wc -c <"$f") $h $f"
        done
        """;

    /** The list of contents of a truncated dump looks fine, so all of it is read. */
    private static final String CHECK = """
        cd "$BACKUP_DIR" || exit 1
        [ -e "$1" ] || { echo "there is no such file" >&2; exit 4; }
        if [ -n "$2" ]; then
          [ "$(sha256sum <"$1" | cut -d' ' -f1)" = "$2" ] || { echo "its hash has changed since it was made" >&2; exit 3; }
        fi
        exec pg_restore --file=/dev/null "$1"
        """;

    private static final String LOAD = """
        cd "$BACKUP_DIR" || exit 1
        exec pg_restore --no-password --exit-on-error --dbname="$2" "$1"
        """;

    private static final String COPY_NOW =
            "script=$(ls /etc/statefulkit/backup/backup.sh) && BACKUP_INTERVAL=0 exec sh \"$script\"";

    private final PostgresHandle handle;

    PostgresBackups(PostgresHandle handle) {
        this.handle = handle;
    }

    List<Backup> list() {
        return sidecar(LIST)
                .orThrow()
                .stdout()
                .lines()
                .map(PostgresBackups::parse)
                .sorted(Comparator.comparing(Backup::made))
                .toList();
    }

    private static Backup parse(String line) {
        String[] words = line.strip().split(" +", 3);
        Matcher stamp = STAMP.matcher(words[2]);
        Instant made =
                stamp.matches() ? LocalDateTime.parse(stamp.group(1), FORMAT).toInstant(ZoneOffset.UTC) : Instant.EPOCH;
        return new Backup(words[2], made, Long.parseLong(words[0]), words[1].equals("-") ? "" : words[1]);
    }

    Backup now() {
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
        ExecResult result = sidecar(CHECK, backup.file(), backup.sha256());
        if (!result.ok()) {
            throw new BackupException(
                    "backup " + backup.file() + " cannot be used: " + said(result), "choose another one of backups()");
        }
    }

    /** Restores into a server of its own. */
    Verified verify(Backup backup) {
        return new ScratchRestore(handle, container()).run(backup);
    }

    Restored restore(Backup backup) {
        check(backup);
        String database = handle.login().database();
        String stamp = Long.toString(System.currentTimeMillis());
        String fresh = "statefulkit_restore_" + stamp;
        String old = shortened(database) + "_old_" + stamp;
        create(fresh);
        try {
            load(backup, fresh);
        } catch (RuntimeException e) {
            drop(fresh, e);
            throw e;
        }
        swap(database, fresh, old);
        return new Restored(handle, database, old);
    }

    /** The server may be what has failed, so this may fail, too; the first failure is the one to tell. */
    private void drop(String database, RuntimeException failure) {
        try {
            admin("drop database if exists " + quoted(database));
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    private void create(String database) {
        admin("create database " + quoted(database) + " template template0");
    }

    private void load(Backup backup, String database) {
        ExecResult result = sidecar(LOAD, backup.file(), database);
        if (!result.ok()) {
            throw new BackupException(
                    "backup " + backup.file() + " cannot be restored: " + said(result),
                    "see what pg_restore says above, or choose another one of backups()");
        }
    }

    /** Nobody may be connected while databases are renamed; both names change in one transaction, or none. */
    private void swap(String database, String fresh, String old) {
        admin("alter database " + quoted(database) + " allow_connections false");
        try {
            admin("do $$ declare tries int := 0; begin loop"
                    + " perform pg_terminate_backend(pid) from pg_stat_activity where datname = " + literal(database)
                    + "; perform pg_stat_clear_snapshot();"
                    + " exit when not exists (select from pg_stat_activity where datname = " + literal(database)
                    + "); tries := tries + 1; if tries > 300 then raise exception 'sessions do not end'; end if;"
                    + " perform pg_sleep(0.1); end loop; end $$");
            admin("begin; alter database " + quoted(database) + " rename to " + quoted(old) + "; alter database "
                    + quoted(fresh) + " rename to " + quoted(database) + "; commit");
        } catch (RuntimeException e) {
            admin("alter database " + quoted(database) + " allow_connections true");
            throw e;
        }
        admin("alter database " + quoted(old) + " allow_connections true");
    }

    private void admin(String sql) {
        handle.psqlIn("template1", sql);
    }

    private ExecResult sidecar(String script, String... args) {
        String name = container().getName();
        List<String> command = new java.util.ArrayList<>(List.of("sh", "-c", script, "statefulkit-backup"));
        command.addAll(List.of(args));
        return new Shell(handle.place()).run(0, name, command, new byte[0], PATIENCE);
    }

    /** Returns the container that makes dumps. */
    private Container container() {
        PodSpec pod = new LiveWorkload(handle.place()).pod();
        return Stream.concat(pod.getInitContainers().stream(), pod.getContainers().stream())
                .filter(one -> one.getName().equals(SIDECAR))
                .findFirst()
                .orElseThrow(
                        () -> new NoSuchElementException(
                                handle.place().ref()
                                        + " has no backup sidecar: add withSidecarBackup(SidecarBackup.every(..)) and deploy it again"));
    }

    private static String said(ExecResult result) {
        return (result.stderr().isBlank() ? result.stdout() : result.stderr()).strip();
    }

    private static String shortened(String database) {
        return database.length() > 40 ? database.substring(0, 40) : database;
    }

    static String quoted(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
