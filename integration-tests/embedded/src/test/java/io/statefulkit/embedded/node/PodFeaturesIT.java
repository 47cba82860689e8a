package io.statefulkit.embedded.node;

import static io.statefulkit.embedded.node.RunningNode.container;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Api;
import io.statefulkit.embedded.api.ContainerStreams;
import io.statefulkit.embedded.api.PatchType;
import io.statefulkit.embedded.api.ResourceCatalog;
import io.statefulkit.embedded.api.WatchOptions;
import io.statefulkit.embedded.json.Json;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PodFeaturesIT {

    private static final String LOOP = "trap \\\"exit 0\\\" TERM; sleep 1000 & wait";

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
    void init_containers_and_sidecars_start_in_order_and_sidecars_end_last() {
        node.create("ordered", """
            {'terminationGracePeriodSeconds':20,
             'initContainers':[
              {'name':'first','image':'busybox:1','command':['sh','-c','echo first > /work/log'],
               'volumeMounts':[{'name':'w','mountPath':'/work'}]},
              {'name':'side','image':'busybox:1','restartPolicy':'Always',
               'command':['sh','-c','echo side >> /work/log; trap "echo side ends; exit 0" TERM; sleep 1000 & wait'],
               'startupProbe':{'exec':{'command':['grep','side','/work/log']},'periodSeconds':1,'timeoutSeconds':20},
               'volumeMounts':[{'name':'w','mountPath':'/work'}]},
              {'name':'last','image':'busybox:1','command':['sh','-c','echo last >> /work/log'],
               'volumeMounts':[{'name':'w','mountPath':'/work'}]}],
             'containers':[{'name':'main','image':'busybox:1',
              'command':['sh','-c','cat /work/log; LOOP'],
              'volumeMounts':[{'name':'w','mountPath':'/work'}]}],
             'volumes':[{'name':'w','emptyDir':{}}]}
            """.replace("\"echo side ends; exit 0\"", "\\\"exit 0\\\"")
                .replace("LOOP", LOOP));
        ObjectNode pod = node.awaitReady("ordered");

        // Without a probe it is ready once it runs, which may be before it says anything.
        await().atMost(RunningNode.LONG).until(() -> logs("ordered", "main").equals("first\nside\nlast\n"));
        JsonNode inits = pod.at("/status/initContainerStatuses");
        assertThat(inits).extracting(init -> init.path("name").asText()).containsExactly("first", "side", "last");
        assertThat(inits.at("/0/state/terminated/exitCode").asInt(-1)).isZero();
        assertThat(inits.at("/1/state").has("running")).isTrue();

        node.delete("ordered", 20);
        node.awaitGone("ordered");
        assertThat(node.events("ordered")).filteredOn("Normal Killing"::equals).hasSize(2);
    }

    @Test
    void a_failing_liveness_probe_restarts_the_container() {
        List<String> states = new CopyOnWriteArrayList<>();
        Api.Watch watch = node.api.watch(ResourceCatalog.PODS, "default", WatchOptions.ALL, event -> {
            if (event.object().at("/metadata/name").asText().equals("lively")) {
                JsonNode container = event.object().at("/status/containerStatuses/0");
                container
                        .path("state")
                        .fieldNames()
                        .forEachRemaining(state ->
                                states.add(container.path("restartCount").asInt() + " " + state));
            }
        });
        node.create("lively", """
            {'terminationGracePeriodSeconds':1,'containers':[{'name':'app','image':'busybox:1',
             'command':['sh','-c','LOOP'],
             'livenessProbe':{'exec':{'command':['false']},'periodSeconds':1,'timeoutSeconds':20,'failureThreshold':1}}]}
            """.replace("LOOP", LOOP));

        await().atMost(Duration.ofMinutes(1)).until(() -> states.contains("1 running"));
        watch.close();

        assertThat(node.events("lively")).contains("Warning Unhealthy", "Normal Killing");
        // The node stops it and starts it again in one step.
        assertThat(states).contains("0 running").doesNotContain("0 terminated");
        node.delete("lively", 0);
    }

    @Test
    void files_of_config_maps_and_secrets_are_there_and_follow_changes() {
        node.api.create(
                ResourceCatalog.CONFIG_MAPS,
                "default",
                json("{'metadata':{'name':'settings'},'data':{'a':'1'}}"),
                RunningNode.ME);
        node.api.create(
                ResourceCatalog.SECRETS,
                "default",
                json("{'metadata':{'name':'keys'},'stringData':{'k':'geheim'}}"),
                RunningNode.ME);
        node.create("configured", """
            {'containers':[{'name':'app','image':'busybox:1','command':['sh','-c','LOOP'],
             'env':[{'name':'K','valueFrom':{'secretKeyRef':{'name':'keys','key':'k'}}}],
             'volumeMounts':[{'name':'c','mountPath':'/etc/settings'},{'name':'s','mountPath':'/etc/keys'},
              {'name':'c','mountPath':'/etc/one','subPath':'a'},{'name':'t','mountPath':'/etc/token'},
              {'name':'d','mountPath':'/etc/pod'},{'name':'e','mountPath':'/scratch','subPath':'deep/er'},
              {'name':'e','mountPath':'/named','subPathExpr':'deep/of-$(K)'},{'name':'e','mountPath':'/whole'}]}],
             'volumes':[{'name':'c','configMap':{'name':'settings'}},{'name':'s','secret':{'secretName':'keys'}},
              {'name':'d','downwardAPI':{'items':[{'path':'name','fieldRef':{'fieldPath':'metadata.name'}},
               {'path':'labels','fieldRef':{'fieldPath':'metadata.labels'}}]}},
              {'name':'t','projected':{'sources':[{'serviceAccountToken':{'path':'token'}},
               {'downwardAPI':{'items':[{'path':'ns','fieldRef':{'fieldPath':'metadata.namespace'}}]}}]}},
              {'name':'e','emptyDir':{}}]}
            """.replace("LOOP", LOOP));
        node.awaitReady("configured");

        assertThat(node.exec(
                                "configured",
                                "sh",
                                "-c",
                                "cat /etc/settings/a /etc/keys/k /etc/pod/name; echo $K; echo x >/scratch/f;"
                                        + " echo y >/named/f; cat /whole/deep/er/f /whole/deep/of-geheim/f")
                        .out())
                .isEqualTo("1geheimconfiguredgeheim\nx\ny\n");

        assertThat(node.api.acceptsToken(
                        node.exec("configured", "cat", "/etc/token/token").out()))
                .isTrue();
        assertThat(node.exec("configured", "readlink", "/etc/settings/a").out()).isEqualTo("..data/a\n");
        node.api.edit(
                ResourceCatalog.PODS,
                "default",
                "configured",
                "",
                pod -> {
                    Json.child(Json.child(pod, "metadata"), "labels").put("colour", "red");
                    return pod;
                },
                RunningNode.ME);
        node.api.edit(
                ResourceCatalog.CONFIG_MAPS,
                "default",
                "settings",
                "",
                map -> map.set("data", json("{'a':'2','b':'3'}")),
                RunningNode.ME);
        await().atMost(RunningNode.LONG)
                .until(() -> node.exec("configured", "sh", "-c", "cat /etc/settings/*")
                        .out()
                        .equals("23"));
        await().atMost(RunningNode.LONG)
                .until(() ->
                        node.exec("configured", "cat", "/etc/pod/labels").out().equals("colour=\"red\""));
        // What is mounted alone stays as it was when the container started.
        assertThat(node.exec("configured", "cat", "/etc/one").out()).isEqualTo("1");
        node.delete("configured", 0);
    }

    @Test
    void what_is_mounted_for_reading_refuses_writes_to_this_container_only() {
        assumeTrue(
                node.api
                        .get(ResourceCatalog.NODES, "", "node")
                        .at("/metadata/labels/statefulkit.io~1isolation")
                        .asText()
                        .equals("pid-ipc-mount"),
                "containers have no mounts of their own on this machine");
        node.create("reader", """
            {'containers':[
             {'name':'r','image':'busybox:1','command':['sh','-c','LOOP'],
              'volumeMounts':[{'name':'e','mountPath':'/data','readOnly':true}]},
             {'name':'w','image':'busybox:1','command':['sh','-c','LOOP'],
              'volumeMounts':[{'name':'e','mountPath':'/data'}]}],
             'volumes':[{'name':'e','emptyDir':{}}]}
            """.replace("LOOP", LOOP));
        node.awaitReady("reader");

        assertThatThrownBy(() -> node.exec("reader", "true"))
                .hasMessage("a container name must be specified for pod reader, choose one of: [r w]");
        assertThat(node.execIn("reader", "w", "sh", "-c", "echo x > /data/there && echo done")
                        .out())
                .isEqualTo("done\n");
        assertThat(node.execIn("reader", "r", "sh", "-c", "cat /data/there; echo y 2>&1 > /data/new || echo refused")
                        .out())
                .contains("x\n", "refused");
        node.delete("reader", 0);
    }

    @Test
    void a_pod_waits_for_the_objects_it_refers_to() {
        node.create("early", """
            {'containers':[{'name':'app','image':'busybox:1','command':['sh','-c','LOOP'],
             'env':[{'name':'K','valueFrom':{'secretKeyRef':{'name':'late','key':'k'}}}]}]}
            """.replace("LOOP", LOOP));
        node.awaitPod(
                "early",
                status -> container(status).at("/state/waiting/reason").asText().equals("CreateContainerConfigError"));

        node.api.create(
                ResourceCatalog.SECRETS,
                "default",
                json("{'metadata':{'name':'late'},'stringData':{'k':'v'}}"),
                RunningNode.ME);

        node.awaitReady("early");
        node.delete("early", 0);
    }

    @Test
    void a_volume_that_is_missing_keeps_the_pod_from_starting() {
        node.create("unmounted", """
            {'containers':[{'name':'app','image':'busybox:1','command':['sh','-c','LOOP']}],
             'volumes':[{'name':'c','configMap':{'name':'nowhere'}}]}
            """.replace("LOOP", LOOP));

        await().atMost(RunningNode.LONG).until(() -> node.events("unmounted").contains("Warning FailedMount"));

        assertThat(container(node.pod("unmounted").orElseThrow().path("status"))
                        .at("/state/waiting/reason")
                        .asText())
                .isEqualTo("ContainerCreating");
        node.delete("unmounted", 0);
    }

    @Test
    void a_program_that_is_missing_is_a_start_error() {
        node.create("nocommand", "{'containers':[{'name':'app','image':'busybox:1','command':['/no/such/binary']}]}");

        ObjectNode pod = node.awaitPod(
                "nocommand",
                status -> container(status).at("/lastState/terminated").has("exitCode"));

        assertThat(container(pod.path("status"))
                        .at("/lastState/terminated/exitCode")
                        .asInt())
                .isEqualTo(128);
        assertThat(container(pod.path("status"))
                        .at("/lastState/terminated/reason")
                        .asText())
                .isEqualTo("StartError");
        node.delete("nocommand", 0);
    }

    @Test
    void hooks_run_and_last_words_are_kept() {
        node.create("hooked", """
            {'terminationGracePeriodSeconds':20,'containers':[{'name':'app','image':'busybox:1',
             'command':['sh','-c','trap "" TERM; until [ -e /tmp/stop ]; do sleep 0.1; done; cat /tmp/begun > /dev/termination-log'],
             'lifecycle':{'postStart':{'exec':{'command':['sh','-c','echo begun > /tmp/begun']}},
              'preStop':{'exec':{'command':['sh','-c','touch /tmp/stop']}}}}]}
            """.replace("\"\"", "\\\"\\\""));
        node.awaitReady("hooked");
        List<String> words = new java.util.concurrent.CopyOnWriteArrayList<>();
        Api.Watch watch = node.api.watch(
                ResourceCatalog.PODS,
                "default",
                new WatchOptions("", "metadata.name=hooked", "", false, false),
                event -> words.add(container(event.object().path("status"))
                        .at("/state/terminated/message")
                        .asText()));
        try {
            node.delete("hooked", 20);
            node.awaitGone("hooked");
            await().atMost(RunningNode.LONG).until(() -> words.contains("begun\n"));
        } finally {
            watch.close();
        }
    }

    @Test
    void nothing_else_starts_and_nothing_is_told_while_a_hook_runs() {
        List<String> states = new java.util.concurrent.CopyOnWriteArrayList<>();
        Api.Watch watch = node.api.watch(
                ResourceCatalog.PODS,
                "default",
                new WatchOptions("", "metadata.name=hooking", "", false, false),
                event -> event.object()
                        .at("/status/containerStatuses")
                        .forEach(status -> states.add(
                                status.path("state").has("running")
                                        ? "running, started: " + status.path("started")
                                        : "")));
        try {
            node.create("hooking", """
                {'restartPolicy':'Never','terminationGracePeriodSeconds':1,'containers':[
                 {'name':'first','image':'busybox:1','command':['sh','-c','LOOP'],'volumeMounts':[{'name':'d','mountPath':'/d'}],
                  'lifecycle':{'postStart':{'exec':{'command':['sh','-c','sleep 0.3; touch /d/hooked']}}}},
                 {'name':'second','image':'busybox:1','command':['sh','-c','[ -e /d/hooked ] || exit 9; LOOP'],
                  'volumeMounts':[{'name':'d','mountPath':'/d'}]}],
                 'volumes':[{'name':'d','emptyDir':{}}]}
                """.replace("LOOP", LOOP));
            node.awaitReady("hooking");
            await().atMost(RunningNode.LONG).until(() -> states.contains("running, started: true"));
        } finally {
            watch.close();
        }

        assertThat(states).doesNotContain("running, started: false");
        node.delete("hooking", 0);
    }

    @Test
    void what_ran_before_a_hook_becomes_ready_while_it_runs() {
        node.create("beside", """
            {'terminationGracePeriodSeconds':1,'containers':[
             {'name':'first','image':'busybox:1','command':['sh','-c','LOOP'],'volumeMounts':[{'name':'d','mountPath':'/d'}],
              'readinessProbe':{'exec':{'command':['test','-e','/d/again']},'periodSeconds':1}},
             {'name':'second','image':'busybox:1','command':['sh','-c','until [ -e /d/hooked ]; do sleep 0.1; done; sleep 0.5; exit 1'],
              'volumeMounts':[{'name':'d','mountPath':'/d'}],'lifecycle':{'postStart':{'exec':{'command':['sh','-c',
               'if [ -e /d/hooked ]; then touch /d/again; while :; do sleep 0.1; done; fi; touch /d/hooked']}}}}],
             'volumes':[{'name':'d','emptyDir':{}}]}
            """.replace("LOOP", LOOP));

        ObjectNode pod = node.awaitPod(
                "beside", status -> status.at("/containerStatuses/0/ready").asBoolean());

        assertThat(pod.at("/status/containerStatuses/1/state").has("running")).isFalse();
        assertThat(pod.at("/status/containerStatuses/1/restartCount").asInt()).isZero();
        node.delete("beside", 0);
    }

    @Test
    void a_container_whose_hook_fails_is_stopped_and_waits_with_what_the_hook_said() {
        node.create("unhooked", """
            {'terminationGracePeriodSeconds':1,'containers':[{'name':'app','image':'busybox:1',
             'command':['sh','-c','LOOP'],'lifecycle':{'postStart':{'exec':{'command':['sh','-c','echo no; exit 5']}}}}]}
            """.replace("LOOP", LOOP));

        ObjectNode pod = node.awaitPod(
                "unhooked",
                status -> container(status).at("/state/waiting/reason").asText().equals("PostStartHookError"));

        assertThat(container(pod.path("status")).at("/state/waiting/message").asText())
                .startsWith("Exec lifecycle hook ([sh -c echo no; exit 5]) for Container \"app\" in Pod"
                        + " \"unhooked_default(")
                .contains("exited with 5: no");
        assertThat(container(pod.path("status")).at("/lastState/terminated").has("exitCode"))
                .isTrue();
        node.delete("unhooked", 0);
    }

    @Test
    void a_pod_past_its_deadline_fails_also_when_it_was_made_shorter() {
        node.create("late", """
            {'activeDeadlineSeconds':1000,'restartPolicy':'Never','terminationGracePeriodSeconds':1,
             'containers':[{'name':'app','image':'busybox:1','command':['sh','-c','LOOP']}]}
            """.replace("LOOP", LOOP));
        node.awaitReady("late");
        patch("late", "{'spec':{'activeDeadlineSeconds':1}}");

        ObjectNode pod =
                node.awaitPod("late", status -> status.path("phase").asText().equals("Failed"));

        assertThat(pod.at("/status/reason").asText()).isEqualTo("DeadlineExceeded");
    }

    @Test
    void a_pod_that_writes_more_into_an_empty_dir_than_it_may_is_evicted() {
        node.create("greedy", """
            {'restartPolicy':'Never','terminationGracePeriodSeconds':30,
             'containers':[{'name':'app','image':'busybox:1','volumeMounts':[{'name':'cache','mountPath':'/cache'}],
               'command':['sh','-c','head -c 4096 /dev/zero > /cache/all; exec sleep 1000']}],
             'volumes':[{'name':'cache','emptyDir':{'sizeLimit':'1Ki'}}]}
            """);

        ObjectNode pod =
                node.awaitPod("greedy", status -> status.path("phase").asText().equals("Failed"));

        assertThat(pod.at("/status/reason").asText()).isEqualTo("Evicted");
        assertThat(pod.at("/status/message").asText())
                .isEqualTo("Usage of EmptyDir volume \"cache\" exceeds the limit \"1Ki\". ");
    }

    @Test
    void an_image_without_a_proper_name_is_not_asked_for() {
        node.create("nameless", "{'containers':[{'name':'app','image':'Busybox:1'}]}");

        ObjectNode pod = node.awaitPod(
                "nameless",
                status -> status.at("/containerStatuses/0/state/waiting/reason")
                        .asText()
                        .equals("InvalidImageName"));

        assertThat(pod.at("/status/phase").asText()).isEqualTo("Pending");
    }

    @Test
    void a_log_is_followed_to_the_end_of_its_container() {
        node.script("talker", "for i in 1 2 3 4 5; do echo line $i; sleep 0.2; done", "Never");
        node.awaitPod("talker", status -> !status.path("phase").asText().equals("Pending"));
        RunningNode.Collected output = new RunningNode.Collected();

        node.agent.streams().logs(request("talker", "app", true, true), output);

        assertThat(output.exitCode()).isZero();
        assertThat(output.out().lines().toList())
                .hasSize(5)
                .allMatch(line -> line.matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{9}Z line \\d"));
    }

    @Test
    void a_changed_image_restarts_the_container_in_place() {
        node.create("changed", """
            {'initContainers':[{'name':'side','image':'busybox:1','restartPolicy':'Always','command':['sh','-c','LOOP']}],
             'containers':[{'name':'app','image':'busybox:1','command':['sh','-c','LOOP']}]}
            """.replace("LOOP", LOOP));
        node.awaitReady("changed");

        patch("changed", "[{'op':'replace','path':'/spec/initContainers/0/image','value':'alpine:3'}]");
        JsonNode side = node.awaitPod(
                        "changed",
                        status -> status.at("/initContainerStatuses/0/restartCount")
                                                .asInt()
                                        == 1
                                && RunningNode.ready(status))
                .path("status");
        assertThat(side.at("/initContainerStatuses/0/image").asText()).isEqualTo("docker.io/library/alpine:3");
        assertThat(container(side).path("restartCount").asInt()).isZero();

        patch("changed", "[{'op':'replace','path':'/spec/containers/0/image','value':'alpine:3'}]");
        ObjectNode pod = node.awaitPod(
                "changed", status -> container(status).path("restartCount").asInt() == 1 && RunningNode.ready(status));
        assertThat(container(pod.path("status")).path("image").asText()).isEqualTo("docker.io/library/alpine:3");
        node.delete("changed", 0);
    }

    /** A list is a JSON patch, an object a merge patch. */
    private static void patch(String pod, String patch) {
        PatchType type = patch.startsWith("[") ? PatchType.JSON : PatchType.MERGE;
        JsonNode json = Json.parse(patch.replace('\'', '"'));
        node.api.patch(ResourceCatalog.PODS, "default", pod, "", type, json, RunningNode.ME);
    }

    @Test
    void a_command_may_have_a_terminal_with_a_size() {
        assumeTrue(RunningNode.installed("script", "--version"), "script (util-linux) is not installed");
        node.script("terminal", LOOP.replace("\\", ""), "Always");
        node.awaitReady("terminal");
        RunningNode.Collected output = new RunningNode.Collected();

        ContainerStreams.Execution execution = node.agent
                .streams()
                .exec(
                        new ContainerStreams.ExecRequest(
                                "default",
                                "terminal",
                                "app",
                                List.of("sh", "-c", "test -t 0 && read line; stty size; exit 4"),
                                true,
                                true),
                        output);
        execution.resize(91, 37);
        execution.stdin("go\r".getBytes(java.nio.charset.StandardCharsets.UTF_8));

        assertThat(output.exitCode()).isEqualTo(4);
        assertThat(output.out()).contains("37 91");
        node.delete("terminal", 0);
    }

    @Test
    void what_a_command_has_left_running_outlives_it_and_its_client() {
        node.script("background", LOOP.replace("\\", ""), "Always");
        node.awaitReady("background");
        RunningNode.Collected left = new RunningNode.Collected();
        RunningNode.Collected killed = new RunningNode.Collected();

        ContainerStreams.Execution execution = command("background", "sleep 1000 >/dev/null 2>&1 & echo $!", left);
        assertThat(left.exitCode()).isZero();
        execution.close();
        // Signals are sent one after another: this one has arrived when that of the first would have.
        command("background", "exec sleep 1000", killed).close();
        assertThat(killed.exitCode()).isEqualTo(137);

        assertThat(node.exec("background", "kill", "-0", left.out().strip()).exitCode())
                .isZero();
        node.delete("background", 0);
    }

    private static ContainerStreams.Execution command(String pod, String script, ContainerStreams.Output output) {
        return node.agent
                .streams()
                .exec(
                        new ContainerStreams.ExecRequest(
                                "default", pod, "app", List.of("sh", "-c", script), false, false),
                        output);
    }

    @Test
    void a_node_that_was_stopped_starts_its_containers_again_in_place() {
        try (RunningNode own = RunningNode.start()) {
            own.script("restarted", LOOP.replace("\\", ""), "Always");
            own.awaitReady("restarted");

            own.agent.faults().stopNode();
            await().atMost(RunningNode.LONG)
                    .until(() -> !RunningNode.ready(
                            own.api.get(ResourceCatalog.NODES, "", "node").path("status")));
            assertThat(RunningNode.ready(own.pod("restarted").orElseThrow().path("status")))
                    .isTrue();
            own.agent.faults().startNode();

            ObjectNode pod = own.awaitPod(
                    "restarted",
                    status -> container(status).path("restartCount").asInt() == 1 && RunningNode.ready(status));
            assertThat(container(pod.path("status"))
                            .at("/lastState/terminated/exitCode")
                            .asInt())
                    .isEqualTo(137);
        }
    }

    @Test
    void a_container_without_process_is_ready_and_ends() {
        node.create("paused", "{'containers':[{'name':'app','image':'pause:3'}]}");
        node.awaitReady("paused");
        node.delete("paused", 30);
        node.awaitGone("paused");
    }

    private static ObjectNode json(String text) {
        return (ObjectNode) Json.parse(text.replace('\'', '"'));
    }

    private static String logs(String pod, String container) {
        RunningNode.Collected output = new RunningNode.Collected();
        node.agent.streams().logs(request(pod, container, false, false), output);
        output.exitCode();
        return output.out();
    }

    private static ContainerStreams.LogRequest request(
            String pod, String container, boolean follow, boolean timestamps) {
        return new ContainerStreams.LogRequest(
                "default",
                pod,
                container,
                follow,
                false,
                timestamps,
                OptionalInt.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                OptionalLong.empty());
    }
}
