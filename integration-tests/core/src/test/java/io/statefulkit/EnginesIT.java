package io.statefulkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.statefulkit.deploy.ApplyException;
import io.statefulkit.deploy.ProgressListener;
import io.statefulkit.deploy.ready.Waiting;
import io.statefulkit.handle.MySqlHandle;
import io.statefulkit.handle.RedisHandle;
import io.statefulkit.handle.WorkloadHandle;
import io.statefulkit.handle.backup.Backup;
import io.statefulkit.handle.backup.BackupException;
import io.statefulkit.handle.backup.Restored;
import io.statefulkit.handle.backup.Verified;
import io.statefulkit.handle.connection.ExecException;
import io.statefulkit.handle.connection.Forward;
import io.statefulkit.handle.connection.JdbcForward;
import io.statefulkit.handle.connection.Logs;
import io.statefulkit.handle.place.Place;
import io.statefulkit.handle.pod.Replacement;
import io.statefulkit.spec.Annotations;
import io.statefulkit.spec.StatefulMySql;
import io.statefulkit.spec.StatefulRedis;
import io.statefulkit.spec.StatefulWorkload;
import io.statefulkit.spec.job.SidecarBackup;
import io.statefulkit.spec.storage.Claim;
import io.statefulkit.testing.CutBackup;
import io.statefulkit.testing.MortalClient;
import io.statefulkit.testing.SharedCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** Servers other than PostgreSQL: the same operations, and their own clients. */
@Timeout(600)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EnginesIT {

    private static final SidecarBackup RARELY = SidecarBackup.every(Duration.ofHours(6));

    private final StatefulKit kit = SharedCluster.kit("engines");

    @Test
    void a_redis_server_answers_commands_and_keeps_its_keys_when_its_pod_is_replaced() throws IOException {
        SharedCluster.assumeProgram("redis-server");
        RedisHandle cache = cache();

        assertThat(cache.redis("set", "greeting", "it's \"here\"")).isEqualTo("OK");
        assertThatThrownBy(() -> cache.redis("incr", "greeting"))
                .isInstanceOf(ExecException.class)
                .hasMessageContaining("not an integer");
        Replacement replacement = cache.deletePod(0).awaitReplacement();

        assertThat(SharedCluster.client()
                        .persistentVolumeClaims()
                        .inNamespace(kit.namespace())
                        .withName("data-cache-0")
                        .get()
                        .getMetadata()
                        .getAnnotations())
                .containsEntry(Annotations.MAJOR, "7")
                .containsEntry(Annotations.IMAGE_FAMILY, "debian");
        assertThat(replacement.newUid()).isNotEqualTo(replacement.oldUid());
        assertThat(cache.redis("get", "greeting")).isEqualTo("it's \"here\"");
        assertThat(cache.dataMount().claim()).isEqualTo("data-cache-0");
        assertThat(cache.inClusterUrl()).isEqualTo("redis://cache." + kit.namespace() + ".svc:6379");
        assertThat(cache.dns().pod(0)).isEqualTo("cache-0.cache-headless." + kit.namespace() + ".svc");
        try (Forward forward = cache.forward();
                Socket socket = new Socket(
                        forward.address().getAddress(), forward.address().getPort())) {
            String command = "AUTH " + cache.login().password() + "\r\nQUIT\r\n";
            socket.getOutputStream().write(command.getBytes(StandardCharsets.UTF_8));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("+OK\r\n+OK\r\n");
        }
        String old = cache.login().password();
        cache.rotatePassword("a:b\\c'd \"e\" $f");
        assertThat(cache.login().password()).isEqualTo("a:b\\c'd \"e\" $f").isNotEqualTo(old);
        assertThat(cache.redis("exists", "greeting")).isEqualTo("1");
        assertThat(cache.clientPod("sh", "-c", "redis-cli -h \"$REDIS_HOST\" get greeting")
                        .orThrow()
                        .stdout())
                .isEqualTo("it's \"here\"\n");
        assertThat(kit.attach("cache", RedisHandle.class).redis("exists", "greeting"))
                .isEqualTo("1");
        assertThatThrownBy(() -> kit.attach("cache"))
                .isInstanceOf(NoSuchElementException.class)
                .hasMessageContaining("expected a container postgres in StatefulSet")
                .hasMessageContaining("[redis, backup]");
    }

    @Test
    void the_append_only_file_is_turned_on_by_the_live_server_and_never_by_a_restart() {
        SharedCluster.assumeProgram("redis-server");
        RedisHandle before = kit.deploy(redis("snapshots").withConfig("appendonly", "no"));
        before.redis("mset", "a", "1", "b", "2", "c", "3");
        before.redis("save");

        assertThatThrownBy(() -> kit.deploy(redis("snapshots")))
                .isInstanceOf(ApplyException.class)
                .hasMessageContaining("rule RD01")
                .hasMessageContaining("enableAof()");
        dieOnceTheServerWritesTheFile(before, request -> request.method().equals("PATCH"));
        // The next server knows nothing of the file and reads the snapshot.
        before.deletePod(0).awaitReplacement();
        assertThat(before.redis("config", "get", "appendonly").lines()).containsExactly("appendonly", "no");
        dieOnceTheServerWritesTheFile(
                before, request -> String.valueOf(request.bodyString()).contains("\"StatefulSet\""));
        RedisHandle after = before.enableAof();

        assertThat(after.redis("config", "get", "appendonly").lines()).containsExactly("appendonly", "yes");
        assertThat(after.redis("mget", "a", "b", "c").lines()).containsExactly("1", "2", "3");
        assertThat(kit.deploy(redis("snapshots")).redis("dbsize")).isEqualTo("3");
    }

    private static void dieOnceTheServerWritesTheFile(RedisHandle before, Predicate<HttpRequest> fatal) {
        try (MortalClient mortal = MortalClient.dyingAt(fatal)) {
            assertThatThrownBy(() -> behind(mortal.client(), before).enableAof())
                    .isInstanceOf(RuntimeException.class);
            assertThat(mortal.dead()).isTrue();
        }
        assertThat(before.redis("config", "get", "appendonly").lines()).containsExactly("appendonly", "yes");
    }

    private static RedisHandle behind(KubernetesClient client, RedisHandle handle) {
        Place place = handle.place();
        Waiting waiting = new Waiting(client, place.waiting().patience(), ProgressListener.none());
        return RedisHandle.of(new Place(client, place.ref(), place.selector(), waiting, place.spec()), "redis");
    }

    @Test
    void a_mariadb_server_runs_statements_and_keeps_its_rows_when_its_pod_is_replaced() {
        SharedCluster.assumeServer("mariadbd");
        MySqlHandle db = parts();
        db.sql("create table screws (name varchar(40)); insert into screws values ('it''s M6')");
        assertThatThrownBy(() -> db.sql("select * from nuts"))
                .isInstanceOf(ExecException.class)
                .hasMessageContaining("nuts");
        db.deletePod(0).awaitReplacement();

        assertThat(db.sql("select name, 1 + 1 from screws")).isEqualTo("it's M6\t2");
        assertThat(db.sql("select char_length('größe')")).isEqualTo("5");
        db.rotatePassword("a:b\\c'd \"e\" $f");
        assertThat(db.sql("select count(*) from screws")).isEqualTo("1");
        assertThat(db.dataMount().claim()).isEqualTo("data-parts-0");
        assertThat(db.inClusterUrl()).isEqualTo("jdbc:mariadb://parts." + kit.namespace() + ".svc:3306/shop");
        assertThat(kit.attach("parts", MySqlHandle.class).login()).isEqualTo(db.login());
        try (JdbcForward forward = db.forwardJdbc()) {
            assertThat(forward.url()).isEqualTo("jdbc:mariadb://127.0.0.1:" + forward.port() + "/shop");
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), forward.port())) {
                // The server speaks first: length, number, protocol version 10, its own version.
                byte[] greeting = socket.getInputStream().readNBytes(20);
                assertThat(greeting[4]).isEqualTo((byte) 10);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void a_workload_of_any_image_is_operated_like_a_database() throws Exception {
        WorkloadHandle notes = kit.deploy(StatefulWorkload.named("notes")
                .withImage("busybox:1.36")
                .withVolumeClaimTemplate(Claim.named("data").size("1Gi"), "/data")
                .withCommand(
                        "sh",
                        "-c",
                        "trap 'exit 0' TERM; while :; do if [ -e /data/say ]; then cat /data/say; rm /data/say; fi;"
                                + " sleep 0.1; done")
                .withReadyCommand("test", "-d", "/data"));
        notes.exec("sh", "-c", "echo remember >/data/note").orThrow();
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        Logs.Following following = notes.logs().follow(heard::add);
        try (following) {
            for (String word : List.of("one", "two")) {
                notes.exec("sh", "-c", "echo " + word + " >/data/.say && mv /data/.say /data/say")
                        .orThrow();
                assertThat(heard.poll(60, TimeUnit.SECONDS)).isEqualTo(word);
            }
            assertThat(notes.logs().tail(1).lines()).containsExactly("two");
        }

        notes.deletePod(0).awaitReplacement();

        assertThat(notes.exec("cat", "/data/note").orThrow().stdout()).isEqualTo("remember\n");
        assertThat(kit.attach("notes", WorkloadHandle.class).container()).isEqualTo("notes");
    }

    @Test
    void keys_come_back_from_a_dump_that_was_restored_elsewhere_before_and_the_files_before_stay() {
        SharedCluster.assumeProgram("redis-server");
        RedisHandle store = cache();
        store.redis("mset", "a", "before", "b", "gone");
        Backup backup = store.backupNow();
        assertThat(store.backups()).contains(backup);
        assertThat(backup.sha256()).hasSize(64);
        store.redis("set", "a", "after");
        store.redis("del", "b");
        Backup half = CutBackup.half(store, backup);

        assertThat(store.verifyBackup(backup))
                .satisfies(good -> assertThat(good.rows()).isGreaterThanOrEqualTo(2));
        assertThatThrownBy(() -> store.verifyBackup(half)).isInstanceOf(BackupException.class);
        assertThatThrownBy(() -> store.restore(half))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("cannot be used");
        assertThatThrownBy(() -> store.restore(forged(backup)))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("its hash has changed");
        assertThat(store.redis("get", "a")).isEqualTo("after");
        assertThatThrownBy(() -> store.restore(new Backup(backup.file(), backup.made(), 1L << 60, backup.sha256())))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("the volume has only");
        dieWhileTheServerIsStopped(store, backup);
        Restored restored = store.restore(backup);

        assertThat(store.redis("mget", "a", "b").lines()).containsExactly("before", "gone");
        store.redis("set", "c", "new");
        store.deletePod(0).awaitReplacement();
        assertThat(store.redis("mget", "a", "b", "c").lines()).containsExactly("before", "gone", "new");
        assertThat(store.exec("ls", restored.oldDatabase()).orThrow().stdout()).contains("appendonlydir");
        restored.dropOld();
        assertThat(store.exec("sh", "-c", "ls -A /data").orThrow().stdout())
                .doesNotContain(".statefulkit-old", ".statefulkit-new");
    }

    /** The program dies when it is about to change the files; until somebody cares for that, nobody starts the server. */
    private void dieWhileTheServerIsStopped(RedisHandle store, Backup backup) {
        try (MortalClient mortal =
                MortalClient.dyingAt(request -> request.method().equals("POST")
                        && String.valueOf(request.bodyString()).contains("\"statefulkit.dev/task\":\"restore\""))) {
            RedisHandle dying =
                    StatefulKit.on(mortal.client()).inNamespace(kit.namespace()).attach("cache", RedisHandle.class);

            assertThatThrownBy(() -> dying.restore(backup)).isInstanceOf(RuntimeException.class);
            assertThat(mortal.dead()).isTrue();
        }
        assertThat(store.status().pods()).isEmpty();
        assertThatThrownBy(() -> store.scale(1).await())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("a restore has stopped StatefulSet")
                .hasMessageContaining("wake()");
        assertThatThrownBy(
                        () -> kit.attach("cache", WorkloadHandle.class).wake().await())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("RedisHandle.class).wake()");
        store.wake().await();
        assertThat(store.redis("get", "a")).isEqualTo("after");
    }

    @Test
    void tables_views_and_triggers_come_back_from_a_dump_while_clients_stay_connected() {
        SharedCluster.assumeServer("mariadbd");
        SharedCluster.assumeProgram("mariadb-dump");
        MySqlHandle db = parts();
        db.sql("create table bolts (id int primary key, name varchar(40));"
                + " create table uses (bolt int, foreign key (bolt) references bolts (id));"
                + " create table log (text varchar(40));"
                + " create trigger noted after insert on bolts for each row insert into log values (new.name);"
                + " create view names as select name from bolts;"
                + " create function twice(n int) returns int deterministic return n * 2;"
                + " insert into bolts values (1, 'it''s M6'); insert into uses values (1)");
        Backup backup = db.backupNow();
        assertThat(db.backups()).contains(backup);
        db.sql("delete from uses; delete from bolts; create table later (n int); drop function twice;"
                + " create procedure late() select 1");
        Backup half = CutBackup.half(db, backup);

        Verified verified = db.verifyBackup(backup);
        assertThat(verified.tables()).isGreaterThanOrEqualTo(3);
        assertThat(verified.rows()).isGreaterThanOrEqualTo(3);
        assertThatThrownBy(() -> db.verifyBackup(half)).isInstanceOf(BackupException.class);
        assertThatThrownBy(() -> db.restore(half))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("cannot be used");
        assertThatThrownBy(() -> db.restore(new Backup(backup.file(), backup.made(), 1L << 60, backup.sha256())))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("the volume has only");
        dieWhileTablesAreToMove(db, backup);
        asRoot(db, "create database statefulkit_restore_1");
        Restored restored = db.restore(backup);

        assertThat(db.sql("select name from names; select twice(21); select count(*) from uses"))
                .isEqualTo("it's M6\n42\n1");
        db.sql("insert into bolts values (2, 'M8')");
        assertThat(db.sql("select text from log order by text")).isEqualTo("it's M6\nM8");
        assertThatThrownBy(() -> db.sql("insert into uses values (7)")).hasMessageContaining("foreign key");
        assertThatThrownBy(() -> db.sql("call late()")).hasMessageContaining("late");
        assertThat(asRoot(db, "show tables from `" + restored.oldDatabase() + "`"))
                .contains("later", "names");
        restored.dropOld();
        assertThat(asRoot(db, "show databases").lines())
                .contains("shop")
                .noneMatch(name -> name.startsWith("statefulkit_") || name.startsWith("shop_old"));
        assertThat(asRoot(db, "select user from mysql.user; select @@global.read_only"))
                .doesNotContain("statefulkit_restore")
                .endsWith("0\n");
    }

    /** Somebody uses a table, so that it cannot move; views are gone already when the pod is deleted. */
    private static void dieWhileTablesAreToMove(MySqlHandle db, Backup backup) {
        var using = CompletableFuture.supplyAsync(
                () -> db.sql("start transaction; select count(*) from bolts; do sleep(600)"));
        awaitProcess(db, "do sleep");
        var restoring = CompletableFuture.supplyAsync(() -> db.restore(backup));
        awaitProcess(db, "drop trigger");
        assertThat(asRoot(db, "select @@global.read_only; show full tables in shop where table_type = 'VIEW'"))
                .isEqualTo("1\n");

        db.deletePod(0).awaitReplacement();

        assertThat(restoring).failsWithin(Duration.ofMinutes(3));
        assertThat(using).failsWithin(Duration.ofMinutes(1));
        assertThat(db.sql("select count(*) from names")).isEqualTo("0");
        db.sql("call late(); insert into bolts values (9, 'M9'); delete from bolts; delete from log where text = 'M9'");
        assertThat(asRoot(db, "show databases; select user from mysql.user; select @@global.read_only"))
                .contains("shop")
                .doesNotContain("statefulkit_restore", "shop_old")
                .endsWith("0\n");
    }

    private static void awaitProcess(MySqlHandle db, String statement) {
        await().atMost(Duration.ofMinutes(1))
                .until(() -> asRoot(
                                db,
                                "select count(*) from information_schema.processlist where info like '" + statement
                                        + "%'")
                        .equals("1\n"));
    }

    private static String asRoot(MySqlHandle db, String sql) {
        String script = """
            ask() { mariadb --no-defaults -BN "$@"; }
            socket=$(MYSQL_PWD=$(cat "$MARIADB_PASSWORD_FILE") ask -h 127.0.0.1 -u "$MARIADB_USER" -e 'select @@socket')
            MYSQL_PWD=$(cat "$MARIADB_ROOT_PASSWORD_FILE") ask --socket="$socket" -u root -e "$1"
            """;
        return db.exec("sh", "-c", script, "sh", sql).orThrow().stdout();
    }

    private static Backup forged(Backup backup) {
        return new Backup(backup.file(), backup.made(), backup.bytes(), "0".repeat(64));
    }

    /** One server for several tests. */
    private RedisHandle cache() {
        return kit.deploy(redis("cache").withSidecarBackup(RARELY));
    }

    /** One server for several tests. */
    private MySqlHandle parts() {
        return kit.deploy(StatefulMySql.named("parts")
                .withImage("mariadb:10.11")
                .withDatabase("shop")
                .withVolumeClaimTemplate("2Gi")
                .withSidecarBackup(RARELY));
    }

    /** A dump need not wait for others that may want the same: five seconds, unless said otherwise. */
    private static StatefulRedis redis(String name) {
        return StatefulRedis.named(name)
                .withImage("redis:7.0-bookworm")
                .withConfig("repl-diskless-sync-delay", "0")
                .withVolumeClaimTemplate("1Gi");
    }
}
