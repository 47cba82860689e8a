package io.statefulkit.manifest.render;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.statefulkit.spec.PodSettings;
import io.statefulkit.spec.pod.ProbeTimes;
import java.util.ArrayList;
import java.util.List;

/** The container of the server itself. */
final class ServerContainer {

    private final PodSettings pod;
    private final Server server;
    private final List<String> beforeStop;
    private final boolean fenced;

    ServerContainer(PodSettings pod, Server server, List<String> beforeStop) {
        this.pod = pod;
        this.server = server;
        this.beforeStop = beforeStop;
        this.fenced = pod.unfenced().isEmpty() && server.lockFile().isPresent();
    }

    Container container() {
        ContainerBuilder container = new ContainerBuilder()
                .withName(server.container())
                .withImage(pod.image().orElseThrow().reference())
                .withArgs(server.args())
                .withEnv(env())
                .withResources(Containers.resources(pod.resources()))
                .withVolumeMounts(server.mounts())
                .withSecurityContext(Security.container(pod, server.readOnlyRoot()));
        server.ports()
                .forEach(port -> container
                        .addNewPort()
                        .withName(port.name())
                        .withContainerPort(port.number())
                        .endPort());
        if (fenced) {
            container.withCommand(Fence.command(server.entrypoint(), server.locksItself()));
        } else if (!server.entrypoint().equals(List.of("docker-entrypoint.sh"))) {
            container.withCommand(server.entrypoint());
        }
        if (!beforeStop.isEmpty()) {
            container
                    .withNewLifecycle()
                    .withNewPreStop()
                    .withNewExec()
                    .withCommand(beforeStop)
                    .endExec()
                    .endPreStop()
                    .endLifecycle();
        }
        probes(container);
        return container.build();
    }

    private void probes(ContainerBuilder container) {
        if (server.probing().ready().isEmpty() && server.ports().isEmpty()) {
            return;
        }
        List<String> ready = server.probing().ready();
        container
                .withStartupProbe(probe(ready, pod.probes().startup()))
                .withReadinessProbe(probe(ready, pod.probes().readiness()))
                .withLivenessProbe(probe(server.probing().alive(), pod.probes().liveness()));
    }

    private List<EnvVar> env() {
        List<EnvVar> env = new ArrayList<>(server.env());
        if (fenced) {
            env.add(new EnvVar(Fence.LOCK_VARIABLE, server.lockFile().orElseThrow(), null));
        }
        return env;
    }

    private Probe probe(List<String> command, ProbeTimes times) {
        ProbeBuilder probe = new ProbeBuilder()
                .withPeriodSeconds((int) times.period().toSeconds())
                .withTimeoutSeconds((int) times.timeout().toSeconds())
                .withFailureThreshold(times.failures());
        if (command.isEmpty()) {
            probe.withNewTcpSocket()
                    .withPort(new IntOrString(server.ports().get(0).name()))
                    .endTcpSocket();
        } else {
            probe.withNewExec().withCommand(command).endExec();
        }
        return probe.build();
    }
}
