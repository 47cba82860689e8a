package io.statefulkit.embedded.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.ResourceCatalog;
import io.statefulkit.embedded.json.Json;
import io.statefulkit.embedded.node.process.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class IsolationIT {

    private static final String FENCE = "exec 9>/var/lib/postgresql/data/.lock; "
            + "until flock -n 9; do echo waiting for the volume; sleep 0.2; done; exec docker-entrypoint.sh \"$@\"";

    private static RunningNode node;

    @BeforeAll
    static void start() {
        node = RunningNode.start();
        String label = node.api
                .get(ResourceCatalog.NODES, "", "node")
                .path("metadata")
                .path("labels")
                .path("statefulkit.io/isolation")
                .asText();
        assumeTrue(!label.equals("none"), "this machine allows no pid namespaces");
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @Test
    void the_main_process_is_pid_1_and_cannot_be_killed_from_inside() {
        node.script("one", "echo pid $$$$; while :; do sleep 0.2; done", "Always");
        node.awaitReady("one");
        await().atMost(RunningNode.LONG).until(() -> node.logs("one", false).equals("pid 1\n"));

        assertThat(node.exec("one", "sh", "-c", "kill -9 1; echo still here").out())
                .isEqualTo("still here\n");

        assertThat(RunningNode.container(node.pod("one").orElseThrow().path("status"))
                        .path("restartCount")
                        .asInt())
                .isZero();
        node.delete("one", 0);
    }

    @Test
    void two_servers_meet_on_one_volume_as_they_do_in_two_real_pods() throws Exception {
        Path volume = volume("shared");
        node.create(postgres("first", volume, ""));
        node.awaitReady("first");

        node.create(postgres("second", volume, ""));

        // Each is pid 1 and sees no shared memory of the other, so the server's own lock does not hold.
        node.awaitReady("second");
        node.delete("first", 0);
        node.delete("second", 0);
    }

    @Test
    void a_lock_on_the_volume_keeps_the_second_server_out_until_the_first_is_gone() throws Exception {
        Path volume = volume("fenced");
        node.create(postgres("fenced-a", volume, FENCE));
        node.awaitReady("fenced-a");

        node.create(postgres("fenced-b", volume, FENCE));
        await().atMost(RunningNode.LONG)
                .until(() -> node.pod("fenced-b")
                                .map(pod -> pod.path("status").path("phase").asText())
                                .orElse("")
                                .equals("Running")
                        && node.logs("fenced-b", false).contains("waiting for the volume"));
        assertThat(RunningNode.ready(node.pod("fenced-b").orElseThrow().path("status")))
                .isFalse();

        node.delete("fenced-a", 30);
        node.awaitReady("fenced-b");
        node.delete("fenced-b", 0);
    }

    private static Path volume(String name) throws Exception {
        Path volume = Files.createDirectory(node.agent.directory().resolve("test-volume-" + name));
        Workspace.allow(volume, "rwxrwxrwx");
        return volume;
    }

    private static ObjectNode postgres(String name, Path volume, String script) {
        ObjectNode pod = (ObjectNode) Json.parse(("{'metadata':{'name':'" + name + "'},'spec':{"
                        + "'securityContext':{'runAsUser':999,'runAsNonRoot':true,'fsGroup':999},"
                        + "'containers':[{'name':'postgres','image':'postgres:15','args':['postgres','-c','fsync=off'],"
                        + "'env':[{'name':'POSTGRES_PASSWORD','value':'secret'},"
                        + "{'name':'PGDATA','value':'/var/lib/postgresql/data/pgdata'}],"
                        + "'readinessProbe':{'exec':{'command':['pg_isready','-q','-h','127.0.0.1']},"
                        + "'periodSeconds':1,'timeoutSeconds':20,'failureThreshold':60},"
                        + "'volumeMounts':[{'name':'data','mountPath':'/var/lib/postgresql/data'}]}],"
                        + "'volumes':[{'name':'data','hostPath':{'path':'" + volume + "'}}]}}")
                .replace('\'', '"'));
        if (!script.isEmpty()) {
            ((ObjectNode) pod.at("/spec/containers/0"))
                    .putArray("command")
                    .add("sh")
                    .add("-c")
                    .add(script)
                    .add("--");
        }
        return pod;
    }
}
