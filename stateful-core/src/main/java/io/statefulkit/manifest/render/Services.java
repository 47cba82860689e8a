package io.statefulkit.manifest.render;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import io.statefulkit.spec.Names;
import io.statefulkit.spec.Settings;
import java.util.List;

/** How a workload is found, and how many of its pods may be taken away at once. */
final class Services {

    private Services() {}

    static List<HasMetadata> of(Settings settings, Server server, Names names) {
        Labels labels = Labels.of(settings, server.app());
        return List.of(
                service(names.headlessService(), labels, server, true),
                service(names.clientService(), labels, server, false),
                new PodDisruptionBudgetBuilder()
                        .withMetadata(labels.meta(names.disruptionBudget()))
                        .withNewSpec()
                        .withMaxUnavailable(new IntOrString(1))
                        .withNewSelector()
                        .withMatchLabels(labels.selector())
                        .endSelector()
                        .endSpec()
                        .build());
    }

    private static Service service(String name, Labels labels, Server server, boolean headless) {
        return new ServiceBuilder()
                .withMetadata(labels.meta(name))
                .withNewSpec()
                .withClusterIP(headless ? "None" : null)
                // members find each other by name before they are ready
                .withPublishNotReadyAddresses(headless ? true : null)
                .withSelector(labels.selector())
                .addNewPort()
                .withName(server.port().name())
                .withPort(server.port().number())
                .withTargetPort(new IntOrString(server.port().name()))
                .endPort()
                .endSpec()
                .build();
    }
}
