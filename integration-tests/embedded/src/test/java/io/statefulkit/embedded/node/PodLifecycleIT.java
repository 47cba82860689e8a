package io.statefulkit.embedded.node;

import static io.statefulkit.embedded.node.RunningNode.container;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PodLifecycleIT {

    private static final String LOOP = "trap 'exit 0' TERM; sleep 1000 & wait";

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
    void a_pod_starts_and_ends_through_the_states_of_kubernetes() {
        try (RunningNode.Story story = node.story("states")) {
            node.script("states", "trap 'exit 0' TERM; echo up; sleep 1000 & wait", "Always");
            node.awaitReady("states");
            // It is ready once it runs; the first process of a namespace hears no signal that it has no trap for.
            await().atMost(RunningNode.LONG)
                    .until(() -> node.logs("states", false).equals("up\n"));

            node.delete("states", 30);
            node.awaitGone("states");

            await().atMost(RunningNode.LONG).until(() -> story.states().contains("DELETED"));
            assertThat(story.states())
                    .containsExactly(
                            "Pending - #0",
                            "Pending waiting:ContainerCreating #0",
                            "Running running #0 ready",
                            "deleting Running running #0 ready",
                            "deleting Succeeded terminated:Completed(0) #0",
                            "DELETED");
            assertThat(node.events("states"))
                    .containsExactlyInAnyOrder("Normal Pulled", "Normal Created", "Normal Started", "Normal Killing");
        }
    }

    @Test
    void a_container_that_keeps_failing_backs_off() {
        try (RunningNode.Story story = node.story("crash")) {
            node.script("crash", "echo boom; exit 3", "Always");
            node.awaitPod(
                    "crash", status -> container(status).path("restartCount").asInt() >= 3);

            await().atMost(RunningNode.LONG)
                    .untilAsserted(() -> assertThat(story.states())
                            .containsSubsequence(
                                    "Running running #0 ready",
                                    "Running terminated:Error(3) #0",
                                    "Running running #1 ready",
                                    "Running terminated:Error(3) #1",
                                    "Running waiting:CrashLoopBackOff #1",
                                    "Running running #2 ready"));
            assertThat(node.logs("crash", true)).isEqualTo("boom\n");
            node.delete("crash", 0);
        }
    }

    @Test
    void pods_that_are_not_restarted_succeed_or_fail() {
        node.script("fine", "echo hi", "Never");
        node.script("bad", "exit 7", "Never");

        node.awaitPod("fine", status -> status.path("phase").asText().equals("Succeeded"));
        var bad = node.awaitPod("bad", status -> status.path("phase").asText().equals("Failed"));

        assertThat(container(bad.path("status"))
                        .path("state")
                        .path("terminated")
                        .path("exitCode")
                        .asInt())
                .isEqualTo(7);
        assertThat(node.logs("fine", false)).isEqualTo("hi\n");
    }

    @Test
    void a_killed_container_is_restarted_in_place_with_an_empty_file_system() {
        node.script("killed", "ls /tmp; touch /tmp/left; " + LOOP, "Always");
        node.awaitReady("killed");

        node.agent.faults().kill("default", "killed", "app");

        var pod = node.awaitPod(
                "killed", status -> container(status).path("restartCount").asInt() == 1 && RunningNode.ready(status));
        var last = container(pod.path("status")).path("lastState").path("terminated");
        assertThat(last.path("exitCode").asInt()).isEqualTo(137);
        assertThat(last.path("reason").asText()).isEqualTo("Error");
        assertThat(node.logs("killed", false)).isEmpty();
        node.delete("killed", 0);
    }

    @Test
    void commands_run_inside_the_container() {
        node.script("inside", LOOP, "Always");
        node.awaitReady("inside");

        RunningNode.Collected output =
                node.exec("inside", "sh", "-c", "echo out; echo err >&2; echo x > /tmp/f; cat /tmp/f; exit 5");

        assertThat(output.exitCode()).isEqualTo(5);
        assertThat(output.out()).isEqualTo("out\nx\n");
        assertThat(output.err()).isEqualTo("err\n");
        node.delete("inside", 0);
    }

    @Test
    void a_container_that_ignores_the_stop_signal_is_killed_after_its_grace() {
        node.script("stubborn", "trap '' TERM; while :; do sleep 0.2; done", "Always");
        node.awaitReady("stubborn");
        try (RunningNode.Story story = node.story("stubborn")) {
            node.delete("stubborn", 1);
            node.awaitGone("stubborn");

            await().atMost(RunningNode.LONG)
                    .until(() -> story.states().contains("deleting Failed terminated:Error(137) #0"));
        }
    }

    @Test
    void an_image_that_is_not_there_says_what_to_do() {
        node.create("noimage", "{'containers':[{'name':'app','image':'acme/unknown:1'}]}");

        var pod = node.awaitPod(
                "noimage",
                status -> container(status)
                        .path("state")
                        .path("waiting")
                        .path("reason")
                        .asText()
                        .equals("ErrImagePull"));

        assertThat(container(pod.path("status"))
                        .path("state")
                        .path("waiting")
                        .path("message")
                        .asText())
                .contains("acme/unknown:1", "postgres", "k3s");
        node.delete("noimage", 0);
    }

    @Test
    void what_came_of_a_pull_and_the_back_off_take_turns() {
        try (RunningNode.Story story = node.story("turns")) {
            node.create("turns", "{'containers':[{'name':'app','image':'acme/unknown:2'}]}");

            await().atMost(RunningNode.LONG)
                    .untilAsserted(() -> assertThat(story.states())
                            .containsSubsequence(
                                    "Pending waiting:ContainerCreating #0",
                                    "Pending waiting:ErrImagePull #0",
                                    "Pending waiting:ImagePullBackOff #0",
                                    "Pending waiting:ErrImagePull #0",
                                    "Pending waiting:ImagePullBackOff #0"));
            node.delete("turns", 1);
            node.awaitGone("turns");
            await().atMost(RunningNode.LONG).until(() -> story.states().contains("DELETED"));
            assertThat(story.states())
                    .containsSubsequence(
                            "deleting Pending waiting:ContainerCreating #0",
                            "deleting Failed terminated:ContainerStatusUnknown(137) #0");
        }
    }

    @Test
    void a_pod_that_is_held_outlives_its_object() {
        String program = "sleep 271828.18";
        node.script("held", "exec " + program, "Always");
        node.awaitReady("held");
        Runnable release = node.agent.faults().hold("default", "held");

        node.delete("held", 0);
        node.awaitGone("held");

        node.script("held", "sleep 10000", "Always");
        node.awaitReady("held");
        assertThat(runs(program)).isTrue();
        release.run();
        await().atMost(RunningNode.LONG).until(() -> !runs(program));
        node.delete("held", 0);
    }

    private static boolean runs(String program) {
        return ProcessHandle.allProcesses()
                .anyMatch(process -> process.info().commandLine().orElse("").endsWith(program));
    }
}
