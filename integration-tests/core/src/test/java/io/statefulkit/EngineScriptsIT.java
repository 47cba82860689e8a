package io.statefulkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.statefulkit.handle.MySqlHandle;
import io.statefulkit.handle.PostgresHandle;
import io.statefulkit.handle.RedisHandle;
import io.statefulkit.handle.client.MySqlClient;
import io.statefulkit.handle.client.MySqlRoot;
import io.statefulkit.handle.connection.Login;
import io.statefulkit.handle.connection.Server;
import io.statefulkit.manifest.Plan;
import io.statefulkit.spec.StatefulMySql;
import io.statefulkit.spec.StatefulPostgres;
import io.statefulkit.spec.StatefulRedis;
import io.statefulkit.spec.StatefulSpec;
import io.statefulkit.spec.job.BackupJob;
import io.statefulkit.spec.job.CsvImport;
import io.statefulkit.spec.job.SidecarBackup;
import io.statefulkit.spec.job.SqlJob;
import io.statefulkit.testing.JobRuns;
import io.statefulkit.testing.SharedCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The scripts of each engine, with the engine's own programs, against a server that runs. */
@Timeout(600)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EngineScriptsIT {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final SidecarBackup HOURLY = SidecarBackup.every(Duration.ofHours(1));

    /** A dump need not wait for others that may want the same: five seconds, unless said otherwise. */
    private static final StatefulRedis KEYS = StatefulRedis.named("keys")
            .withImage("redis:7.4.5-bookworm")
            .withConfig("repl-diskless-sync-delay", "0")
            .withVolumeClaimTemplate("1Gi");

    private static final StatefulMySql LINES = StatefulMySql.named("lines")
            .withImage("mariadb:11.8.3-noble")
            .withDatabase("shop")
            .withVolumeClaimTemplate("2Gi");

    private final StatefulKit kit = SharedCluster.kit("scripts");
    private final Map<Engine, Map<String, String>> servers = new EnumMap<>(Engine.class);
    private final List<Process> started = new ArrayList<>();

    @TempDir
    private Path root;

    private Path dumps;
    private Path bin;

    @BeforeEach
    void folders() throws IOException {
        Path own = Files.createTempDirectory(root, "run");
        dumps = Files.createDirectory(own.resolve("dumps"));
        bin = Files.createDirectory(own.resolve("bin"));
    }

    @AfterEach
    void end() {
        started.forEach(process -> {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        });
        started.clear();
    }

    /** An engine, and the program that makes its dumps. */
    enum Engine {
        POSTGRES("shop", "dump", "pg_dump"),
        REDIS("redis", "rdb", "redis-cli"),
        MARIADB("shop", "sql", "mariadb-dump");

        private final String name;
        private final String suffix;
        private final String dumper;

        Engine(String name, String suffix, String dumper) {
            this.name = name;
            this.suffix = suffix;
            this.dumper = dumper;
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_dump_is_complete_has_been_read_and_older_ones_go_when_it_is_there(Engine engine) throws Exception {
        for (int day = 1; day <= 3; day++) {
            Files.writeString(
                    dumps.resolve("%s-2026010%dT000000Z.%s".formatted(engine.name, day, engine.suffix)), "old");
        }

        Process run = start(engine, Map.of("BACKUP_KEEP", "2"));

        assertThat(run.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(output()).contains("backup ok " + engine.name + "-");
        assertThat(run.exitValue()).isZero();
        assertThat(finished(engine))
                .hasSize(2)
                .contains("%s-20260103T000000Z.%s".formatted(engine.name, engine.suffix));
        assertThat(names()).noneMatch(name -> name.contains(".partial")).contains(".last_success");
        Process sums = new ProcessBuilder("sh", "-c", "sha256sum -c *.sha256")
                .directory(dumps.toFile())
                .start();
        assertThat(sums.waitFor()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void half_a_dump_is_found_out_and_thrown_away_and_the_older_ones_stay(Engine engine) throws Exception {
        String old = "%s-20260101T000000Z.%s".formatted(engine.name, engine.suffix);
        Files.writeString(dumps.resolve(old), "old");
        shadow(engine, "truncate -s $(($(wc -c <\"$f\") / 2)) \"$f\"");

        Process run = start(engine, Map.of("BACKUP_KEEP", "1"));

        assertThat(run.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(output()).contains("backup FAILED");
        assertThat(run.exitValue()).isNotZero();
        assertThat(names()).containsExactlyInAnyOrder(old, ".last_failure");
    }

    @Test
    void a_routine_that_only_root_may_read_is_told_with_what_to_do() throws Exception {
        SharedCluster.assumeEmbedded("the script runs on this machine, which has to reach the addresses of pods");
        servers.computeIfAbsent(Engine.MARIADB, this::deploy);
        MySqlHandle db = kit.deploy(LINES);
        String user = db.login().user();
        MySqlRoot root = new MySqlClient(new Server(db.place(), "mariadb")).root();
        root.sql("create procedure shop.hidden() select 1");
        try {
            Process refused = start(Engine.MARIADB, Map.of());
            assertThat(refused.waitFor(120, TimeUnit.SECONDS)).isTrue();
            assertThat(output())
                    .contains("privileges to SHOW CREATE PROCEDURE `hidden`")
                    .contains("grant select on mysql.proc to " + user)
                    .contains("backup FAILED");

            root.sql("grant select on mysql.proc to " + user);
            Process done = start(Engine.MARIADB, Map.of());
            assertThat(done.waitFor(120, TimeUnit.SECONDS)).isTrue();
            assertThat(output()).contains("backup ok shop-");
        } finally {
            root.sql("drop procedure shop.hidden");
        }
    }

    /** A real file system that is full; only administrators can have one of their own, and not everywhere. */
    @Test
    void a_disk_that_is_full_costs_no_dump_that_is_good() throws Exception {
        String old = "shop-20260101T000000Z.dump";
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=64k,mode=0777", "tmpfs", dumps.toString()) == 0,
                "a small file system cannot be mounted here");
        try {
            Files.writeString(dumps.resolve(old), "old");
            Files.write(dumps.resolve("ballast"), new byte[48 * 1024]);

            Process run = start(Engine.POSTGRES, Map.of("BACKUP_KEEP", "1"));

            assertThat(run.waitFor(120, TimeUnit.SECONDS)).isTrue();
            assertThat(output()).contains("No space left on device", "backup FAILED");
            assertThat(run.exitValue()).isNotZero();
            assertThat(finished(Engine.POSTGRES)).containsExactly(old);
            assertThat(names()).noneMatch(name -> name.contains(".partial"));
        } finally {
            run("umount", dumps.toString());
        }
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    @ParameterizedTest
    @EnumSource
    void a_request_to_stop_ends_a_dump_that_takes_long_and_leaves_nothing(Engine engine) throws Exception {
        shadow(engine, "exec sleep 600");
        Process loop = start(engine, Map.of("BACKUP_INTERVAL", "3600"));
        await().atMost(LIMIT).until(() -> names().stream().anyMatch(name -> name.endsWith(".partial")));

        loop.destroy();

        assertThat(loop.waitFor(120, TimeUnit.SECONDS))
                .as("ends long before the dump would")
                .isTrue();
        assertThat(names()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void a_request_to_stop_ends_the_pause_after_a_dump(Engine engine) throws Exception {
        Process loop = start(engine, Map.of("BACKUP_INTERVAL", "3600"));
        await().atMost(LIMIT).until(() -> names().contains(".last_success"));

        loop.destroy();

        assertThat(loop.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(loop.exitValue()).isZero();
        assertThat(finished(engine)).hasSize(1);
    }

    @Test
    void jobs_of_mariadb_find_it_by_the_name_of_its_service() {
        servers.computeIfAbsent(Engine.MARIADB, this::deploy);
        JobRuns jobs = new JobRuns(LINES, kit.namespace());
        CsvImport rows = CsvImport.into("item")
                .columns("name", "note")
                .row("it's", "C:\\temp\\new")
                .row("a \"b\", c", "")
                .row("\\.", "two\nlines");

        jobs.run(SqlJob.named("schema").sql("create table item(name varchar(20) primary key, note text)"));
        jobs.run(rows);
        jobs.delete(rows);

        assertThat(jobs.run(rows)).contains("already imported");
        assertThat(jobs.run(SqlJob.named("look").sql("select count(*), sum(note = 'C:\\\\temp\\\\new') from item")))
                .contains("3\t1");
        SqlJob more = SqlJob.named("more")
                .sql("insert into item values ('pear', 'it''s')")
                .once();
        jobs.run(more);
        jobs.delete(more);
        assertThat(jobs.run(more)).as("its primary key would be there already").contains("already done");
        assertThat(jobs.run(BackupJob.named("now"))).contains("backup ok shop-");
    }

    @Test
    void a_job_dumps_redis_over_its_service() {
        servers.computeIfAbsent(Engine.REDIS, this::deploy);

        assertThat(new JobRuns(KEYS, kit.namespace()).run(BackupJob.named("now")))
                .contains("backup ok redis-");
    }

    /** Puts a program before the one that dumps: it does the same, and then something to the file. */
    private void shadow(Engine engine, String afterwards) throws IOException {
        Path file = bin.resolve(engine.dumper);
        Files.writeString(file, """
            #!/bin/sh
            PATH=${PATH#*:}
            %s "$@" || exit
            f=
            for a; do case $a in *.partial) f=${a#--*file=};; esac; done
            [ -n "$f" ] || exit 0
            %s
            """.formatted(engine.dumper, afterwards));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Process start(Engine engine, Map<String, String> settings) throws IOException {
        SharedCluster.assumeEmbedded("the script runs on this machine, which has to reach the addresses of pods");
        Map<String, String> server = servers.computeIfAbsent(engine, this::deploy);
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", server.getOrDefault("script", ""));
        builder.environment().putAll(server);
        builder.environment().put("PATH", bin + ":" + System.getenv("PATH"));
        builder.environment().putAll(Map.of("BACKUP_DIR", dumps.toString(), "BACKUP_KEEP", "3", "BACKUP_RETRY", "60"));
        builder.environment().putAll(settings);
        Process process = builder.redirectErrorStream(true)
                .redirectOutput(dumps.resolveSibling("out.txt").toFile())
                .start();
        started.add(process);
        return process;
    }

    private Map<String, String> deploy(Engine engine) {
        return switch (engine) {
            case POSTGRES -> postgres();
            case REDIS -> redis();
            case MARIADB -> mariaDb();
        };
    }

    private Map<String, String> postgres() {
        SharedCluster.assumeProgram("pg_dump");
        StatefulPostgres spec = StatefulPostgres.named("rows")
                .withImage("postgres:15-bookworm")
                .withDatabase("shop")
                .withVolumeClaimTemplate("1Gi");
        PostgresHandle db = kit.deploy(spec);
        db.psql("create table if not exists part as select generate_series(1, 20000) id");
        Login login = db.login();
        return server(
                spec.withSidecarBackup(HOURLY),
                "PGHOST",
                "rows-0",
                Map.of("PGUSER", login.user(), "PGPASSWORD", login.password(), "PGDATABASE", "shop"));
    }

    private Map<String, String> redis() {
        SharedCluster.assumeProgram("redis-server");
        RedisHandle store = kit.deploy(KEYS);
        store.redis(Stream.concat(
                        Stream.of("mset"),
                        IntStream.range(0, 50).boxed().flatMap(key -> Stream.of("key-" + key, "value of " + key)))
                .toArray(String[]::new));
        return server(
                KEYS.withSidecarBackup(HOURLY),
                "REDIS_HOST",
                "keys-0",
                Map.of("REDISCLI_AUTH", store.login().password()));
    }

    private Map<String, String> mariaDb() {
        SharedCluster.assumeProgram("mariadbd");
        SharedCluster.assumeProgram("mariadb-dump");
        MySqlHandle db = kit.deploy(LINES);
        db.sql("create table if not exists part(id int primary key, name text); replace into part values (1, 'bolt'),"
                + " (2, 'nut')");
        Login login = db.login();
        return server(
                LINES.withSidecarBackup(HOURLY),
                "MYSQL_HOST",
                "lines-0",
                Map.of(
                        "MYSQL_CLIENT_USER", login.user(),
                        "MYSQL_PWD", login.password(),
                        "MYSQL_CLIENT_DATABASE", "shop"));
    }

    private Map<String, String> server(StatefulSpec spec, String host, String pod, Map<String, String> login) {
        Map<String, String> server = new TreeMap<>(login);
        server.put(
                host,
                SharedCluster.client()
                        .pods()
                        .inNamespace(kit.namespace())
                        .withName(pod)
                        .get()
                        .getStatus()
                        .getPodIP());
        Plan.of(spec).resources().stream()
                .filter(object -> object.getMetadata().getName().endsWith("-backup-script"))
                .forEach(map -> server.put("script", ((ConfigMap) map).getData().getOrDefault("backup.sh", "")));
        return server;
    }

    private String output() throws IOException {
        return Files.readString(dumps.resolveSibling("out.txt"));
    }

    private List<String> finished(Engine engine) {
        return names().stream()
                .filter(name -> name.endsWith("." + engine.suffix))
                .toList();
    }

    private List<String> names() {
        try (Stream<Path> files = Files.list(dumps)) {
            return files.map(file -> file.getFileName().toString()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
