package io.statefulkit.embedded.node;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Container;
import io.statefulkit.embedded.api.ContainerStreams;
import io.statefulkit.embedded.api.Failures;
import io.statefulkit.embedded.api.ResourceCatalog;
import io.statefulkit.embedded.json.Json;
import io.statefulkit.embedded.node.process.ContainerCommand;
import io.statefulkit.embedded.node.process.ContainerProcess;
import io.statefulkit.embedded.node.process.Launch;
import io.statefulkit.embedded.node.process.Redirects;
import io.statefulkit.embedded.node.status.ContainerState.Waiting;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.BiFunction;

/** Exec, logs and port-forward of a node's pods. Thread-safe. */
final class NodeStreams implements ContainerStreams {

    private final Services services;
    private final BiFunction<String, String, Optional<PodWorker>> pods;
    private final ExecutorService streams;

    NodeStreams(Services services, BiFunction<String, String, Optional<PodWorker>> pods, ExecutorService streams) {
        this.services = services;
        this.pods = pods;
        this.streams = streams;
    }

    @Override
    public Execution exec(ExecRequest request, Output output) {
        PodContainer container = container(request.namespace(), request.pod(), request.container());
        Instance instance = running(container, missing(container));
        ContainerProcess process = instance.process().orElse(null);
        if (process == null) {
            throw Failures.badRequest("container " + container.name() + " has no process to run a command beside");
        }
        if (request.command().isEmpty()) {
            throw Failures.badRequest("you must specify at least one command for the container");
        }
        try {
            Launch launch = instance.command(request.command());
            ContainerCommand command = services.processes().exec(process, launch, Redirects.PIPES, request.tty());
            return ExecSession.start(command, output, request, streams);
        } catch (IOException e) {
            throw Failures.internal("error executing command in container: " + e.getMessage());
        }
    }

    @Override
    public Execution attach(ExecRequest request, Output output) {
        PodContainer container = container(request.namespace(), request.pod(), request.container());
        Instance instance = running(
                container,
                "container " + container.name() + " not found in pod " + request.pod() + "_" + request.namespace());
        Execution following = services.logs().attach(instance.log(), output);
        if (instance.process().isEmpty()) {
            return following;
        }
        Container spec = container.spec();
        boolean stdin = request.stdin() && Boolean.TRUE.equals(spec.getStdin());
        return new AttachSession(
                instance.process().get(), following, stdin, Boolean.TRUE.equals(spec.getStdinOnce()), streams);
    }

    @Override
    public void requireRunning(String namespace, String pod, String container) {
        PodContainer found = container(namespace, pod, container);
        Instance unused = running(found, missing(found));
    }

    @Override
    public Execution logs(LogRequest request, Output output) {
        ObjectNode pod = services.api().get(ResourceCatalog.PODS, request.namespace(), request.pod());
        String name = PodContainers.named(pod, request.container());
        if (Json.text(pod, "spec", "nodeName").isEmpty()) {
            throw Failures.noContent();
        }
        PodContainer container = found(request.namespace(), request.pod(), name);
        return services.logs().read(log(request, container).log(), request, output);
    }

    private static Instance log(LogRequest request, PodContainer container) {
        if (request.previous()) {
            Optional<Instance> before = container.record.running()
                    ? container.previous()
                    : container
                            .current()
                            .filter(i -> container.record.restarts() > 0
                                    || container.record.last().isPresent());
            return before.orElseThrow(() -> Failures.badRequest("previous terminated container \"" + container.name()
                    + "\" in pod \"" + request.pod() + "\" not found"));
        }
        return container
                .current()
                .orElseThrow(() -> Failures.badRequest("container \"" + container.name() + "\" in pod \""
                        + request.pod() + "\" is waiting to start: " + why(container)));
    }

    private static String why(PodContainer container) {
        String reason = container.record.state() instanceof Waiting waiting ? waiting.reason() : "";
        return switch (reason) {
            case "ImagePullBackOff" -> "trying and failing to pull image";
            case "ErrImagePull" -> "image can't be pulled";
            default -> reason;
        };
    }

    @Override
    public InetSocketAddress address(String namespace, String pod, int port) {
        PodWorker worker = worker(namespace, pod);
        if (worker.podIp().isEmpty()) {
            throw Failures.badRequest("pod " + pod + " has no address yet");
        }
        return new InetSocketAddress(worker.podIp(), port);
    }

    private PodWorker worker(String namespace, String pod) {
        return pods.apply(namespace, pod).orElseThrow(() -> {
            // Says 404 if there is no such pod at all.
            services.api().get(ResourceCatalog.PODS, namespace, pod);
            return Failures.badRequest("pod " + pod + " does not have a host assigned");
        });
    }

    private PodContainer container(String namespace, String pod, String name) {
        // Which one is meant without a name is for clients to say, who read it from an annotation.
        return found(
                namespace, pod, PodContainers.named(services.api().get(ResourceCatalog.PODS, namespace, pod), name));
    }

    private PodContainer found(String namespace, String pod, String name) {
        return worker(namespace, pod)
                .container(name)
                .orElseThrow(() -> Failures.badRequest("container " + name + " is not valid for pod " + pod));
    }

    private static String missing(PodContainer container) {
        return "container not found (\"" + container.name() + "\")";
    }

    private static Instance running(PodContainer container, String otherwise) {
        return container
                .current()
                .filter(instance -> container.record.running())
                .orElseThrow(() -> Failures.internal(otherwise));
    }
}
