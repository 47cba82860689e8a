package io.statefulkit.survival.disruption.workload;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.statefulkit.survival.disruption.observation.ServerContainer;
import io.statefulkit.survival.disruption.power.Powers;

/** The processes of a workload's servers, where something can be done to them from outside of their containers. Thread-safe. */
public final class Processes {

    private final KubernetesClient client;
    private final String namespace;
    private final ServerContainer server;
    private final Powers powers;

    Processes(KubernetesClient client, String namespace, ServerContainer server, Powers powers) {
        this.client = client;
        this.namespace = namespace;
        this.server = server;
        this.powers = powers;
    }

    /** Kills the main process of a pod's server with SIGKILL. */
    public void kill(String pod) {
        powers.kill(namespace, pod, container(pod));
    }

    /** Stops the processes of a pod's server where they are. */
    public void freeze(String pod) {
        powers.freeze(namespace, pod, container(pod));
    }

    /** Lets the processes of a pod's server go on. */
    public void thaw(String pod) {
        powers.thaw(namespace, pod, container(pod));
    }

    private String container(String pod) {
        return server.in(client.pods().inNamespace(namespace).withName(pod).require())
                .getName();
    }
}
