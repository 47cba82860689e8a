package io.statefulkit.manifest.render;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeerBuilder;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import io.statefulkit.spec.Names;
import io.statefulkit.spec.Program.NamedPort;
import io.statefulkit.spec.Settings;
import io.statefulkit.spec.Storage.Shape;
import io.statefulkit.spec.pod.Budget;
import io.statefulkit.spec.pod.Exposure;
import java.util.ArrayList;
import java.util.List;

/** How a workload is found, who may connect, and how many of its pods may be taken away at once. */
final class Services {

    private final Settings settings;
    private final Server server;
    private final Names names;
    private final Labels labels;

    Services(Settings settings, Server server, Names names) {
        this.settings = settings;
        this.server = server;
        this.names = names;
        this.labels = Labels.of(settings, server.app());
    }

    List<HasMetadata> objects() {
        List<HasMetadata> objects = new ArrayList<>();
        if (settings.storage().shape() != Shape.DEPLOYMENT) {
            objects.add(service(names.headlessService(), true));
        }
        if (!server.ports().isEmpty()) {
            objects.add(service(names.clientService(), false));
        }
        if (settings.rollout().budget() != Budget.NONE) {
            objects.add(budget());
        }
        if (!settings.network().allowed().isEmpty()) {
            objects.add(policy());
        }
        return objects;
    }

    private HasMetadata service(String name, boolean headless) {
        Exposure exposure = settings.network().exposure();
        boolean exposed = !headless && exposure.type() != Exposure.Type.CLUSTER_IP;
        ServiceBuilder service = new ServiceBuilder()
                .withMetadata(labels.meta(name))
                .withNewSpec()
                .withClusterIP(headless ? "None" : null)
                // members find each other by name before they are ready
                .withPublishNotReadyAddresses(headless ? true : null)
                .withType(exposed ? exposure.type().text() : null)
                .withSelector(labels.selector())
                .endSpec();
        boolean first = true;
        for (NamedPort port : server.ports()) {
            service.editSpec()
                    .addNewPort()
                    .withName(port.name())
                    .withPort(port.number())
                    .withTargetPort(new IntOrString(port.name()))
                    .withNodePort(
                            exposed && first && exposure.nodePort().isPresent()
                                    ? exposure.nodePort().getAsInt()
                                    : null)
                    .endPort()
                    .endSpec();
            first = false;
        }
        return service.build();
    }

    private HasMetadata budget() {
        int maxUnavailable = settings.rollout().budget() == Budget.BLOCK_DRAINS ? 0 : 1;
        return new PodDisruptionBudgetBuilder()
                .withMetadata(labels.meta(names.disruptionBudget()))
                .withNewSpec()
                .withMaxUnavailable(new IntOrString(maxUnavailable))
                .withNewSelector()
                .withMatchLabels(labels.selector())
                .endSelector()
                .endSpec()
                .build();
    }

    private HasMetadata policy() {
        NetworkPolicyBuilder policy = new NetworkPolicyBuilder()
                .withMetadata(labels.meta(names.workload()))
                .withNewSpec()
                .withNewPodSelector()
                .withMatchLabels(labels.selector())
                .endPodSelector()
                .withPolicyTypes("Ingress")
                .addNewIngress()
                .endIngress()
                .endSpec();
        var ingress = policy.editSpec().editFirstIngress();
        // our own jobs are clients too
        ingress.addToFrom(new NetworkPolicyPeerBuilder()
                .withNewPodSelector()
                .withMatchLabels(labels.ofJobs().selector())
                .endPodSelector()
                .build());
        settings.network()
                .allowed()
                .forEach(pods -> ingress.addToFrom(new NetworkPolicyPeerBuilder()
                        .withNewPodSelector()
                        .withMatchLabels(pods)
                        .endPodSelector()
                        .build()));
        server.ports()
                .forEach(port -> ingress.addNewPort()
                        .withProtocol("TCP")
                        .withPort(new IntOrString(port.number()))
                        .endPort());
        ingress.endIngress().endSpec();
        return policy.build();
    }
}
