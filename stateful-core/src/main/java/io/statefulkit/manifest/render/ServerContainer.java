package io.statefulkit.manifest.render;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.statefulkit.spec.PodSettings;
import io.statefulkit.spec.pod.ProbeTimes;
import io.statefulkit.spec.pod.Resources;
import java.util.ArrayList;
import java.util.List;

/** The container of the server itself. */
final class ServerContainer {

    private ServerContainer() {}

    static Container of(PodSettings pod, Server server) {
        ContainerBuilder container = new ContainerBuilder()
                .withName(server.container())
                .withImage(pod.image().orElseThrow().reference())
                .withArgs(server.args())
                .withEnv(env(pod, server))
                .withResources(resources(pod.resources()))
                .withVolumeMounts(server.mounts())
                .withSecurityContext(Security.container(pod))
                .addNewPort()
                .withName(server.port().name())
                .withContainerPort(server.port().number())
                .endPort()
                .withStartupProbe(probe(server.probes().ready(), pod.probes().startup()))
                .withReadinessProbe(probe(server.probes().ready(), pod.probes().readiness()))
                .withLivenessProbe(probe(server.probes().alive(), pod.probes().liveness()));
        if (pod.unfenced().isEmpty()) {
            container.withCommand(Fence.command(server.entrypoint()));
        }
        return container.build();
    }

    private static List<EnvVar> env(PodSettings pod, Server server) {
        List<EnvVar> env = new ArrayList<>(server.env());
        if (pod.unfenced().isEmpty()) {
            env.add(new EnvVar(Fence.LOCK_VARIABLE, server.lockFile(), null));
        }
        return env;
    }

    private static Probe probe(String script, ProbeTimes times) {
        return new ProbeBuilder()
                .withNewExec()
                .withCommand("sh", "-c", script)
                .endExec()
                .withPeriodSeconds((int) times.period().toSeconds())
                .withTimeoutSeconds((int) times.timeout().toSeconds())
                .withFailureThreshold(times.failures())
                .build();
    }

    static ResourceRequirements resources(Resources resources) {
        ResourceRequirementsBuilder requirements = new ResourceRequirementsBuilder();
        requirements.addToRequests("cpu", Quantity.parse(resources.cpu()));
        resources.cpuLimit().ifPresent(limit -> requirements.addToLimits("cpu", Quantity.parse(limit)));
        resources.memory().ifPresent(memory -> {
            requirements.addToRequests("memory", Quantity.parse(memory.text()));
            requirements.addToLimits("memory", Quantity.parse(memory.text()));
        });
        return requirements.build();
    }
}
