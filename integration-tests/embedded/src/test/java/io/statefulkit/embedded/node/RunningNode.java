package io.statefulkit.embedded.node;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.ContainerStreams;
import io.statefulkit.embedded.api.DeleteOptions;
import io.statefulkit.embedded.api.ListOptions;
import io.statefulkit.embedded.api.ResourceCatalog;
import io.statefulkit.embedded.api.WatchEvent;
import io.statefulkit.embedded.api.WatchOptions;
import io.statefulkit.embedded.api.WriteOptions;
import io.statefulkit.embedded.api.server.StoreApi;
import io.statefulkit.embedded.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.awaitility.core.ConditionTimeoutException;

/** An API server and one node, without HTTP, controllers and scheduler. */
final class RunningNode implements AutoCloseable {

    static final Duration LONG = Duration.ofMinutes(3);
    static final WriteOptions ME = WriteOptions.by("test");

    final StoreApi api = new StoreApi(Clock.systemUTC());
    final NodeAgent agent;

    RunningNode(NodeOptions options) {
        this.agent = NodeAgent.start(api, options);
    }

    static RunningNode start() {
        return new RunningNode(NodeOptions.named("node").withBackoff(Duration.ofMillis(200), Duration.ofSeconds(2)));
    }

    /** Creates a pod from JSON with single quotes; it is bound to the node. */
    ObjectNode create(String name, String spec) {
        ObjectNode pod = (ObjectNode)
                Json.parse(("{'metadata':{'name':'" + name + "'},'spec':" + spec + "}").replace('\'', '"'));
        return create(pod);
    }

    ObjectNode create(ObjectNode pod) {
        ((ObjectNode) pod.get("spec")).put("nodeName", "node");
        return api.create(ResourceCatalog.PODS, "default", pod, ME);
    }

    /** Creates a pod of one container that runs a script. */
    ObjectNode script(String name, String script, String restartPolicy) {
        ObjectNode pod = Json.object();
        pod.putObject("metadata").put("name", name);
        ObjectNode spec = pod.putObject("spec");
        spec.put("restartPolicy", restartPolicy);
        spec.put("terminationGracePeriodSeconds", 30);
        ObjectNode container = spec.putArray("containers").addObject();
        container.put("name", "app");
        container.put("image", "busybox:1.37");
        container.putArray("command").add("sh").add("-c").add(script);
        return create(pod);
    }

    Optional<ObjectNode> pod(String name) {
        return api.find(ResourceCatalog.PODS, "default", name);
    }

    ObjectNode awaitPod(String name, Predicate<JsonNode> status) {
        try {
            await("pod " + name)
                    .atMost(LONG)
                    .until(() -> pod(name)
                            .filter(pod -> status.test(pod.path("status")))
                            .isPresent());
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(
                    "pod " + name + " did not come to the state that was expected; it is "
                            + pod(name)
                                    .map(pod -> pod.path("status").toString())
                                    .orElse("gone") + "; events " + events(name)
                            + "; log: " + log(name),
                    e);
        }
        return pod(name).orElseThrow();
    }

    private String log(String name) {
        try {
            return logs(name, false);
        } catch (RuntimeException e) {
            return String.valueOf(e.getMessage());
        }
    }

    ObjectNode awaitReady(String name) {
        return awaitPod(name, RunningNode::ready);
    }

    static boolean ready(JsonNode status) {
        for (JsonNode condition : status.path("conditions")) {
            if (condition.path("type").asText().equals("Ready")) {
                return condition.path("status").asText().equals("True");
            }
        }
        return false;
    }

    static JsonNode container(JsonNode status) {
        return status.path("containerStatuses").path(0);
    }

    void delete(String name, int grace) {
        api.delete(ResourceCatalog.PODS, "default", name, DeleteOptions.DEFAULT.withGrace(grace));
    }

    void awaitGone(String name) {
        await("end of pod " + name).atMost(LONG).until(() -> pod(name).isEmpty());
    }

    /** Collects every state of a pod, in a short form, until it is closed. */
    Story story(String name) {
        return new Story(name);
    }

    List<String> events(String name) {
        return api.list(ResourceCatalog.EVENTS, "default", ListOptions.ALL).items().stream()
                .filter(event ->
                        event.path("involvedObject").path("name").asText().equals(name))
                .map(event ->
                        event.path("type").asText() + " " + event.path("reason").asText())
                .toList();
    }

    String logs(String name, boolean previous) {
        return logs(name, previous, false);
    }

    /** Returns the log with the time of each line. */
    String timedLogs(String name) {
        return logs(name, false, true);
    }

    private String logs(String name, boolean previous, boolean timestamps) {
        Collected output = new Collected();
        agent.streams()
                .logs(
                        new ContainerStreams.LogRequest(
                                "default",
                                name,
                                "",
                                false,
                                previous,
                                timestamps,
                                OptionalInt.empty(),
                                OptionalLong.empty(),
                                Optional.empty(),
                                OptionalLong.empty()),
                        output);
        output.exitCode();
        return output.out();
    }

    /** Whether a program of this machine runs. */
    static boolean installed(String... command) {
        try {
            return new ProcessBuilder(command)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (java.io.IOException | InterruptedException e) {
            return false;
        }
    }

    Collected exec(String name, String... command) {
        return execIn(name, "", command);
    }

    Collected execIn(String name, String container, String... command) {
        Collected output = new Collected();
        agent.streams()
                .exec(
                        new ContainerStreams.ExecRequest("default", name, container, List.of(command), false, false),
                        output);
        output.exitCode();
        return output;
    }

    @Override
    public void close() {
        agent.close();
        api.close();
    }

    /** The milestones of a pod. */
    final class Story implements AutoCloseable {
        private final List<String> states = Collections.synchronizedList(new ArrayList<>());
        private final io.statefulkit.embedded.api.Api.Watch watch;

        Story(String name) {
            this.watch = api.watch(
                    ResourceCatalog.PODS,
                    "",
                    new WatchOptions("", "metadata.name=" + name, "", false, false),
                    event -> add(event));
        }

        private void add(WatchEvent event) {
            String state = event.type() == WatchEvent.Type.DELETED
                    ? "DELETED"
                    : text(
                            event.object().path("status"),
                            event.object().path("metadata").has("deletionTimestamp"));
            if (states.isEmpty() || !states.get(states.size() - 1).equals(state)) {
                states.add(state);
            }
        }

        private String text(JsonNode status, boolean deleting) {
            JsonNode container = container(status);
            JsonNode state = container.path("state");
            String kind = state.isEmpty() ? "-" : state.fieldNames().next();
            String reason = state.path(kind).path("reason").asText("");
            String code = state.path(kind).path("exitCode").asText("");
            return (deleting ? "deleting " : "")
                    + status.path("phase").asText() + " " + kind
                    + (reason.isEmpty() ? "" : ":" + reason)
                    + (code.isEmpty() ? "" : "(" + code + ")") + " #"
                    + container.path("restartCount").asText("0") + (ready(status) ? " ready" : "");
        }

        List<String> states() {
            synchronized (states) {
                return List.copyOf(states);
            }
        }

        @Override
        public void close() {
            watch.close();
        }
    }

    /** Output of a command. */
    static final class Collected implements ContainerStreams.Output {
        private final StringBuilder out = new StringBuilder();
        private final StringBuilder err = new StringBuilder();
        private final CompletableFuture<Integer> exit = new CompletableFuture<>();

        @Override
        public synchronized void stdout(byte[] bytes) {
            out.append(new String(bytes, StandardCharsets.UTF_8));
        }

        @Override
        public synchronized void stderr(byte[] bytes) {
            err.append(new String(bytes, StandardCharsets.UTF_8));
        }

        @Override
        public void exited(int code) {
            exit.complete(code);
        }

        @Override
        public void failed(String message) {
            exit.completeExceptionally(new IllegalStateException(message));
        }

        synchronized String out() {
            return out.toString();
        }

        synchronized String err() {
            return err.toString();
        }

        int exitCode() {
            try {
                return exit.get(LONG.toSeconds(), TimeUnit.SECONDS);
            } catch (Exception e) {
                throw new IllegalStateException("no exit code; so far: " + out + err, e);
            }
        }
    }
}
