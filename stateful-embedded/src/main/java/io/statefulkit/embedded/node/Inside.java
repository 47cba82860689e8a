package io.statefulkit.embedded.node;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ExecAction;
import io.fabric8.kubernetes.api.model.HTTPGetAction;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.statefulkit.embedded.node.probe.NetworkProbes;
import io.statefulkit.embedded.node.probe.ProbeResult;
import io.statefulkit.embedded.node.process.ContainerCommand;
import io.statefulkit.embedded.node.process.Redirects;
import io.statefulkit.embedded.node.process.Workspace;
import io.statefulkit.embedded.node.status.Times;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Runs the commands and requests of probes and hooks for one instance of a container. */
final class Inside {

    private static final int LONGEST_OUTPUT = 10 * 1024;

    private final Services services;
    private final Container container;
    private final Instance instance;
    private final String podIp;

    Inside(Services services, Container container, Instance instance, String podIp) {
        this.services = services;
        this.container = container;
        this.instance = instance;
        this.podIp = podIp;
    }

    /** Runs a command; exit code 0 is a success. */
    CompletableFuture<ProbeResult> exec(ExecAction action, Duration timeout) {
        return exec(action.getCommand(), timeout, (code, output) -> output);
    }

    /** Runs the command of a hook; what is said of its failure is what a kubelet says. */
    CompletableFuture<ProbeResult> hook(ExecAction action, String pod, Duration timeout) {
        List<String> argv = action.getCommand();
        return exec(
                argv,
                timeout,
                (code, output) -> "Exec lifecycle hook (["
                        + String.join(" ", argv) + "]) for Container \"" + container.getName() + "\" in Pod \"" + pod
                        + "\" failed - error: command '" + String.join(" ", argv) + "' exited with " + code + ": "
                        + output + ", message: \"" + output.replace("\n", "\\n") + "\"");
    }

    private CompletableFuture<ProbeResult> exec(
            List<String> argv, Duration timeout, BiFunction<Integer, String, String> failure) {
        if (instance.process().isEmpty()) {
            return CompletableFuture.completedFuture(ProbeResult.OK);
        }
        try {
            Path output = Files.createTempFile(services.workspace().root(), "probe", "");
            return start(argv, output, timeout, failure);
        } catch (IOException e) {
            return notStarted(e);
        }
    }

    private CompletableFuture<ProbeResult> start(
            List<String> argv, Path output, Duration timeout, BiFunction<Integer, String, String> failure) {
        ContainerCommand command;
        try {
            command = services.processes()
                    .exec(instance.process().orElseThrow(), instance.command(argv), Redirects.to(output), false);
        } catch (IOException e) {
            Workspace.delete(output);
            return notStarted(e);
        }
        return command.exit()
                .thenApply(code -> code == 0 ? ProbeResult.OK : ProbeResult.failure(failure.apply(code, text(output))))
                .completeOnTimeout(
                        ProbeResult.failure("command timed out: \"" + String.join(" ", argv) + "\" timed out after "
                                + Times.text(timeout)),
                        timeout.toMillis(),
                        TimeUnit.MILLISECONDS)
                .whenComplete((result, problem) -> {
                    command.kill();
                    Workspace.delete(output);
                });
    }

    private static CompletableFuture<ProbeResult> notStarted(IOException problem) {
        return CompletableFuture.completedFuture(
                ProbeResult.failure("failed to exec in container: " + problem.getMessage()));
    }

    CompletableFuture<ProbeResult> http(HTTPGetAction action, Duration timeout) {
        return CompletableFuture.supplyAsync(
                () -> new NetworkProbes(container, podIp).http(action, timeout), services.pool());
    }

    CompletableFuture<ProbeResult> tcp(String host, IntOrString port, Duration timeout) {
        return CompletableFuture.supplyAsync(
                () -> new NetworkProbes(container, podIp).tcp(host, port, timeout), services.pool());
    }

    CompletableFuture<ProbeResult> grpc(int port, @Nullable String service, Duration timeout) {
        return services.grpc().check(podIp, port, service == null ? "" : service, timeout);
    }

    private static String text(Path output) {
        try (InputStream in = Files.newInputStream(output)) {
            return new String(in.readNBytes(LONGEST_OUTPUT), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }
}
