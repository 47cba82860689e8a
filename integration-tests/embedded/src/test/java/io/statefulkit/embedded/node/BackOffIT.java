package io.statefulkit.embedded.node;

import static io.statefulkit.embedded.node.RunningNode.container;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.statefulkit.embedded.api.ResourceCatalog;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is seen while a back-off lasts; here it lasts longer than any test. */
class BackOffIT {

    private static RunningNode node;

    @BeforeAll
    static void start() {
        node = new RunningNode(NodeOptions.named("node").withBackoff(Duration.ofMinutes(10), Duration.ofHours(1)));
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @Test
    void a_container_shows_how_it_ended_until_the_node_looks_again() {
        try (RunningNode.Story story = node.story("ended")) {
            node.script("ended", "exit 3", "Always");
            await().atMost(RunningNode.LONG).until(() -> node.events("ended").contains("Warning BackOff"));

            await().atMost(RunningNode.LONG)
                    .untilAsserted(() -> assertThat(story.states())
                            .containsSubsequence("Running terminated:Error(3) #0", "Running terminated:Error(3) #1"));
            assertThat(story.states()).noneMatch(state -> state.contains("CrashLoopBackOff"));
            node.api.edit(
                    ResourceCatalog.PODS,
                    "default",
                    "ended",
                    "",
                    pod -> {
                        pod.withObject("/metadata/labels").put("seen", "yes");
                        return pod;
                    },
                    RunningNode.ME);
            var waits = node.awaitPod(
                    "ended",
                    status -> container(status)
                            .at("/state/waiting/reason")
                            .asText()
                            .equals("CrashLoopBackOff"));
            assertThat(container(waits.path("status"))
                            .at("/state/waiting/message")
                            .asText())
                    .startsWith("back-off 10m0s restarting failed container=app pod=ended_default(");
            node.delete("ended", 1);
            node.awaitGone("ended");
            await().atMost(RunningNode.LONG).until(() -> story.states().contains("DELETED"));
            assertThat(story.states())
                    .containsSubsequence(
                            "Running waiting:CrashLoopBackOff #1",
                            "deleting Running terminated:Error(3) #1",
                            "deleting Failed terminated:Error(3) #1");
        }
    }

    @Test
    void a_command_that_cannot_start_shows_why_until_the_node_looks_again() {
        node.create(
                "nocommand", "{'containers':[{'name':'app','image':'busybox:1.37','command':['/no/such/binary']}]}");
        await().atMost(RunningNode.LONG).until(() -> node.events("nocommand").contains("Warning BackOff"));

        var pod = node.awaitPod(
                "nocommand", status -> container(status).path("restartCount").asInt() == 1);

        var status = container(pod.path("status"));
        assertThat(status.at("/state/waiting/reason").asText()).isEqualTo("RunContainerError");
        assertThat(status.at("/lastState/terminated/exitCode").asInt()).isEqualTo(128);
        assertThat(status.path("image").asText()).isEqualTo("docker.io/library/busybox:1.37");
        assertThat(status.at("/user/linux/uid").asInt(-1)).isZero();
        node.delete("nocommand", 0);
    }
}
