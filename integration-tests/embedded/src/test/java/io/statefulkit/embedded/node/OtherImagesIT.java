package io.statefulkit.embedded.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.ResourceCatalog;
import io.statefulkit.embedded.image.ImageCatalog;
import io.statefulkit.embedded.json.Json;
import io.statefulkit.embedded.node.process.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Images besides those of SQL servers: Redis, shells, and those that users add. */
class OtherImagesIT {

    private static RunningNode node;
    private static Path programs;

    @BeforeAll
    static void start() throws IOException {
        programs = Files.createTempDirectory(Path.of("/tmp"), "images-");
        Workspace.allow(programs, "rwxr-xr-x");
        Path run = programs.resolve("greet");
        Files.writeString(run, "#!/bin/sh\necho hello $1 from $WHERE\n");
        Workspace.allow(run, "rwxr-xr-x");
        ImageCatalog images = ImageCatalog.standard()
                .withDirectory("acme/greeter", programs, "greet", "world")
                .withJava("acme/job", Printing.class, "one");
        node = new RunningNode(NodeOptions.named("node")
                .withImages(images)
                .withBackoff(Duration.ofMillis(200), Duration.ofSeconds(2)));
    }

    @AfterAll
    static void stop() {
        node.close();
        Workspace.delete(programs);
    }

    /** What an image of a user runs. */
    public static final class Printing {
        private Printing() {}

        /** Says what it was given. */
        @SuppressWarnings("SystemOut")
        public static void main(String... arguments) {
            System.out.println(String.join(" ", arguments) + " in " + System.getenv("HOSTNAME"));
        }
    }

    @Test
    void a_directory_with_an_entrypoint_is_an_image() {
        node.create(
                "greeter",
                "{'restartPolicy':'Never','containers':[{'name':'c','image':'registry.acme.org/acme/greeter:3',"
                        + "'env':[{'name':'WHERE','value':'here'}]}]}");

        node.awaitPod("greeter", status -> status.path("phase").asText().equals("Succeeded"));

        assertThat(node.logs("greeter", false)).isEqualTo("hello world from here\n");
    }

    @Test
    void a_class_is_an_image_and_its_arguments_are_the_pods() {
        node.create("job", "{'restartPolicy':'Never','containers':[{'name':'c','image':'acme/job'}]}");
        node.create(
                "job2",
                "{'restartPolicy':'Never','containers':[{'name':'c','image':'acme/job','args':['two','three']}]}");

        node.awaitPod("job", status -> status.path("phase").asText().equals("Succeeded"));
        node.awaitPod("job2", status -> status.path("phase").asText().equals("Succeeded"));

        assertThat(node.logs("job", false)).isEqualTo("one in job\n");
        assertThat(node.logs("job2", false)).isEqualTo("two three in job2\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"busybox:1.37", "docker.io/library/alpine", "debian:bookworm", "bash:5"})
    void images_of_shells_run_scripts(String image) {
        String name = image.replaceAll("[^a-z]", "");
        node.create(
                name,
                "{'restartPolicy':'Never','containers':[{'name':'c','image':'" + image
                        + "','command':['sh','-c','echo $0 $((6 * 7))','answer']}]}");

        node.awaitPod(name, status -> status.path("phase").asText().equals("Succeeded"));

        assertThat(node.logs(name, false)).isEqualTo("answer 42\n");
    }

    @Test
    void redis_keeps_what_it_acknowledged_through_a_kill_and_a_deleted_pod() throws Exception {
        assumeTrue(RunningNode.installed("redis-server", "--version"), "redis-server is not installed");
        Path volume = Files.createDirectory(node.agent.directory().resolve("test-volume-redis"));
        Workspace.allow(volume, "rwxrwxrwx");
        ObjectNode map = Json.object();
        map.putObject("metadata").put("name", "redis");
        map.putObject("data").put("redis.conf", "appendonly yes\nappendfsync always\nrequirepass secret\n");
        node.api.create(ResourceCatalog.CONFIG_MAPS, "default", map, RunningNode.ME);
        node.create(redis(volume));
        node.awaitReady("redis");

        assertThat(cli("set", "k", "v")).isEqualTo("OK\n");
        assertThat(node.exec("redis", "redis-cli", "-h", "127.0.0.1", "get", "k")
                        .out())
                .contains("NOAUTH");
        node.agent.faults().kill("default", "redis", "c");
        node.awaitPod(
                "redis",
                status -> RunningNode.container(status).path("restartCount").asInt() == 1 && RunningNode.ready(status));
        assertThat(cli("get", "k")).isEqualTo("v\n");
        assertThat(cli("set", "k", "w")).isEqualTo("OK\n");
        node.delete("redis", 30);
        node.awaitGone("redis");
        node.create(redis(volume));
        node.awaitReady("redis");

        assertThat(cli("get", "k")).isEqualTo("w\n");
        assertThat(cli("config", "get", "appendonly")).isEqualTo("appendonly\nyes\n");
        await().atMost(RunningNode.LONG).until(() -> node.logs("redis", false).contains("Ready to accept connections"));
        node.delete("redis", 30);
        node.awaitGone("redis");
    }

    private static String cli(String... words) {
        String[] command = new String[words.length + 6];
        System.arraycopy(
                new String[] {"redis-cli", "--no-auth-warning", "-h", "127.0.0.1", "-a", "secret"}, 0, command, 0, 6);
        System.arraycopy(words, 0, command, 6, words.length);
        return node.exec("redis", command).out();
    }

    private static ObjectNode redis(Path volume) {
        return (ObjectNode)
                Json.parse(("{'metadata':{'name':'redis'},'spec':{'containers':[{'name':'c','image':'redis:7',"
                                + "'args':['/etc/redis/redis.conf'],"
                                + "'readinessProbe':{'exec':{'command':['redis-cli','-h','127.0.0.1','-a','secret','ping']},"
                                + "'periodSeconds':1,'timeoutSeconds':20,'failureThreshold':60},"
                                + "'volumeMounts':[{'name':'data','mountPath':'/data'},{'name':'conf','mountPath':'/etc/redis'}]}],"
                                + "'volumes':[{'name':'data','hostPath':{'path':'" + volume + "'}},"
                                + "{'name':'conf','configMap':{'name':'redis'}}]}}")
                        .replace('\'', '"'));
    }
}
