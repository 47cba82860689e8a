package io.statefulkit.embedded.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.ResourceCatalog;
import io.statefulkit.embedded.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class MariaDbImageIT {

    private static RunningNode node;

    @BeforeAll
    static void start() {
        assumeTrue(
                RunningNode.installed("sh", "-c", "PATH=$PATH:/usr/sbin; mariadbd --no-defaults --version"),
                "MariaDB's server is not installed");
        node = RunningNode.start();
    }

    @AfterAll
    static void stop() {
        if (node != null) {
            node.close();
        }
    }

    @Test
    void the_first_start_sets_up_what_the_variables_and_the_files_say_and_data_outlives_the_pod() throws Exception {
        Path volume = volume("maria");
        Files.createDirectory(volume.resolve("lost+found"));
        configMap(
                "maria-init",
                "{'1-schema.sql':'create table t(i int); insert into t values (1),(2);',"
                        + "'2-more.sh':'echo insert into t values \\\\(3\\\\) | mariadb -uroot -psecret shop',"
                        + "'notes.txt':'nothing'}");
        configMap("maria-config", "{'my.cnf':'[mysqld]\\nmax_connections=77\\n'}");
        node.create(pod("maria", volume));
        node.awaitReady("maria");

        assertThat(node.logs("maria", false))
                .contains("[Note] [Entrypoint]: Entrypoint script for MariaDB Server")
                .contains("[Entrypoint]: Initializing database files")
                .contains("Temporary server started.", "Creating database shop", "Creating user clerk")
                .contains("running", "1-schema.sql", "sourcing", "ignoring")
                .contains("MariaDB init process done. Ready for start up.");
        assertThat(query("maria", "clerk", "paper", "select sum(i) from shop.t"))
                .isEqualTo("6\n");
        assertThat(query(
                        "maria",
                        "root",
                        "secret",
                        "select group_concat(user, '@', host order by user, host) from mysql.user"
                                + " where user like 'root' or user like 'clerk'"))
                .isEqualTo("clerk@%,root@%,root@localhost\n");
        assertThat(query("maria", "root", "secret", "select @@max_connections")).isEqualTo("77\n");
        assertThat(node.exec("maria", "mariadb", "-uclerk", "-pwrong", "-e", "select 1")
                        .err())
                .contains("Access denied for user 'clerk'");
        assertThat(node.exec("maria", "mariadb-dump", "-uroot", "-psecret", "shop")
                        .out())
                .contains("CREATE TABLE `t`");
        assertThat(node.exec("maria", "mysqladmin", "-uroot", "-psecret", "ping")
                        .out())
                .contains("mysqld is alive");

        node.agent.faults().kill("default", "maria", "db");
        node.awaitPod(
                "maria",
                status -> RunningNode.container(status).path("restartCount").asInt() == 1 && RunningNode.ready(status));
        query("maria", "clerk", "paper", "insert into shop.t values (4)");
        node.delete("maria", 30);
        node.awaitGone("maria");
        node.create(pod("maria", volume));
        node.awaitReady("maria");

        assertThat(query("maria", "clerk", "paper", "select sum(i) from shop.t"))
                .isEqualTo("10\n");
        assertThat(node.logs("maria", false)).doesNotContain("Initializing database files");
        node.delete("maria", 30);
        node.awaitGone("maria");
    }

    @Test
    void a_server_without_any_word_on_its_password_refuses_to_start() {
        node.create("silent", "{'restartPolicy':'Never','containers':[{'name':'db','image':'mariadb:11'}]}");

        node.awaitPod("silent", status -> status.path("phase").asText().equals("Failed"));

        assertThat(node.logs("silent", false))
                .contains("Database is uninitialized and password option is not specified", "MARIADB_ROOT_PASSWORD");
    }

    @Test
    void a_value_and_a_file_for_the_same_variable_are_refused() {
        node.create(
                "twice",
                "{'restartPolicy':'Never','containers':[{'name':'db','image':'mariadb:11','env':["
                        + "{'name':'MYSQL_ROOT_PASSWORD','value':'a'},{'name':'MYSQL_ROOT_PASSWORD_FILE','value':'/tmp/b'}]}]}");

        node.awaitPod("twice", status -> status.path("phase").asText().equals("Failed"));

        assertThat(node.logs("twice", false)).contains("Both MYSQL_ROOT_PASSWORD and MYSQL_ROOT_PASSWORD_FILE are set");
    }

    private static void configMap(String name, String data) {
        ObjectNode map = Json.object();
        map.putObject("metadata").put("name", name);
        map.set("data", Json.parse(data.replace('\'', '"')));
        node.api.create(ResourceCatalog.CONFIG_MAPS, "default", map, RunningNode.ME);
    }

    private static Path volume(String name) throws IOException {
        Path volume = Files.createDirectory(node.agent.directory().resolve("test-volume-" + name));
        io.statefulkit.embedded.node.process.Workspace.allow(volume, "rwxrwxrwx");
        return volume;
    }

    private static ObjectNode pod(String name, Path volume) {
        return (ObjectNode) Json.parse(("{'metadata':{'name':'" + name + "'},'spec':{"
                        + "'containers':[{'name':'db','image':'mariadb:10.11','env':["
                        + "{'name':'MARIADB_ROOT_PASSWORD','value':'secret'},{'name':'MARIADB_DATABASE','value':'shop'},"
                        + "{'name':'MARIADB_USER','value':'clerk'},{'name':'MARIADB_PASSWORD','value':'paper'},"
                        + "{'name':'MARIADB_INITDB_SKIP_TZINFO','value':'1'}],"
                        + "'readinessProbe':{'exec':{'command':['healthcheck.sh','--connect','--innodb_initialized']},"
                        + "'periodSeconds':1,'timeoutSeconds':20,'failureThreshold':60},"
                        + "'volumeMounts':[{'name':'data','mountPath':'/var/lib/mysql'},"
                        + "{'name':'init','mountPath':'/docker-entrypoint-initdb.d'},"
                        + "{'name':'config','mountPath':'/etc/mysql/conf.d'}]}],"
                        + "'volumes':[{'name':'data','hostPath':{'path':'" + volume + "'}},"
                        + "{'name':'init','configMap':{'name':'maria-init'}},"
                        + "{'name':'config','configMap':{'name':'maria-config'}}]}}")
                .replace('\'', '"'));
    }

    private static String query(String name, String user, String password, String sql) {
        RunningNode.Collected answer =
                node.exec(name, "mariadb", "-h127.0.0.1", "-u" + user, "-p" + password, "-N", "-B", "-e", sql);
        assertThat(answer.err()).isEmpty();
        return answer.out();
    }
}
