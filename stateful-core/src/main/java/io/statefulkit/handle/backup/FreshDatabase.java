package io.statefulkit.handle.backup;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.statefulkit.handle.client.ArchiveProperties;
import io.statefulkit.handle.client.PostgresClient;
import io.statefulkit.handle.connection.ExecException;
import io.statefulkit.handle.connection.ExecResult;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A database that a dump is restored into, with all that the dump says of the database itself, and the roles that it needs. For one
 * restore, and one thread.
 */
final class FreshDatabase {

    private static final Logger LOG = LoggerFactory.getLogger(FreshDatabase.class);
    private static final String PROPERTIES =
            "cd \"$BACKUP_DIR\" || exit 1\n" + ArchiveProperties.FUNCTION + "properties \"$1\"\n";
    private static final String GLOBALS =
            "[ ! -e \"$BACKUP_DIR/$1.globals.sql\" ] || cat \"$BACKUP_DIR/$1.globals.sql\"";

    private static final Pattern NO_ROLE = Pattern.compile("role (" + SqlStatements.NAME + ") does not exist");

    private final PostgresClient client;
    private final Dumps dumps;
    private final String name;
    private final List<String> remarks = new ArrayList<>();
    private final List<DumpedRoles> made = new ArrayList<>();

    FreshDatabase(PostgresClient client, Dumps dumps, String name) {
        this.client = client;
        this.dumps = dumps;
        this.name = name;
    }

    /** Makes it; where the dump does not say whose it is, it belongs to the same as another one. */
    void make(Backup backup, String like) {
        ExecResult script = dumps.sidecar(PROPERTIES, backup.file());
        DumpedDatabase dumped = DumpedDatabase.of(script.ok() ? script.stdout() : "");
        makeRoles(backup);
        create(dumped.options(), owner(like));
        if (dumped.options().isEmpty()) {
            remarks.add("the dump does not say what belongs to the database itself: it has encoding and collation of"
                    + " the server, the owner of the one before, and no settings and rights of its own");
        }
        if (dumped.unreadable() > 0) {
            remarks.add(dumped.unreadable() + " settings, rights or comments of the database itself have letters that"
                    + " are not UTF-8, and were left out");
        }
        List<String> said = dumped.saidOf(name);
        if (!said.isEmpty()) {
            orRefuse(backup, String.join(";\n", said));
        }
    }

    private void makeRoles(Backup backup) {
        Set<String> there =
                new HashSet<>(admin("select rolname from pg_roles").lines().toList());
        String globals = dumps.sidecar(GLOBALS, backup.file()).orThrow().stdout();
        DumpedRoles missing = DumpedRoles.missing(globals, there);
        if (!missing.names().isEmpty()) {
            orRefuse(backup, missing.make());
            made.add(missing);
        }
    }

    private void orRefuse(Backup backup, String sql) {
        try {
            admin(sql);
        } catch (ExecException e) {
            BackupException refused = refused(backup, error(e));
            refused.initCause(e);
            throw refused;
        }
    }

    /** Refuses what the server has refused. A role that the dump names may be in no file beside it, and who restores can make it. */
    static BackupException refused(Backup backup, String said) {
        Matcher role = NO_ROLE.matcher(said);
        return role.find()
                ? new BackupException(
                        "backup " + backup.file()
                                + " cannot be restored: it names a role that the server does not have and"
                                + " that is in no file of roles beside it: " + said,
                        "create role " + role.group(1) + ", if it is to have what the dump says, and restore again")
                : Dumps.cannot(backup, said);
    }

    /** Another image may not know the collation of the dump, which must not keep anybody from the data. */
    private void create(String options, String owner) {
        String create = "create database " + PostgresClient.quoted(name);
        String plain = create + " template template0 owner " + PostgresClient.quoted(owner);
        if (options.isEmpty()) {
            admin(plain);
            return;
        }
        try {
            // Whose it is may be among what cannot be read.
            admin(create + " " + options + " owner = " + PostgresClient.quoted(owner));
        } catch (ExecException e) {
            admin(plain);
            remarks.add(
                    "the database has encoding and collation of the server, since it could not be made with those of"
                            + " the dump: " + error(e));
        }
    }

    private static String error(ExecException e) {
        return String.valueOf(e.getMessage())
                .lines()
                .filter(line -> line.contains("ERROR"))
                .findFirst()
                .map(String::strip)
                .orElseGet(() -> String.valueOf(e.getMessage()));
    }

    /** No dump of an old server says whose the database itself is, and who owns it may create tables and schemas in it. */
    private String owner(String database) {
        return admin(
                "select pg_get_userbyid(datdba) from pg_database where datname = " + PostgresClient.literal(database));
    }

    /** Drops it, and the roles that were made for it; who still loads something into it is stopped. */
    void drop() {
        admin("select pg_terminate_backend(pid) from pg_stat_activity where datname = " + PostgresClient.literal(name)
                + "; " + PostgresClient.dropDatabase(name));
        made.forEach(roles -> admin(roles.dropUnused()));
    }

    /** Drops roles that nothing has needed after all, and returns what the user has to know. */
    List<String> settle() {
        List<String> all = new ArrayList<>(remarks);
        for (DumpedRoles roles : made) {
            List<String> needed = needed(roles);
            if (!needed.isEmpty()) {
                all.add("roles were missing and have been made again, without passwords, which no dump has: "
                        + String.join(", ", needed));
            }
        }
        return List.copyOf(all);
    }

    /** The data is restored by now; roles too many are no reason to say something else. */
    private List<String> needed(DumpedRoles roles) {
        try {
            return admin(roles.dropUnused()).lines().toList();
        } catch (ExecException | KubernetesClientException e) {
            LOG.warn("roles that a restore has made may be left though nothing needs them: {}", roles.names(), e);
            return List.copyOf(roles.names());
        }
    }

    private String admin(String sql) {
        return client.psqlIn("template1", sql);
    }
}
