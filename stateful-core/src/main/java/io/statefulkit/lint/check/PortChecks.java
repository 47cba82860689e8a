package io.statefulkit.lint.check;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.statefulkit.lint.Rule;
import io.statefulkit.lint.objects.EngineKind;
import io.statefulkit.lint.objects.Images;
import io.statefulkit.lint.objects.Manifest;
import io.statefulkit.lint.objects.Pods;
import io.statefulkit.lint.objects.Server;
import java.util.Set;
import java.util.stream.Stream;

/** What ports and hosts are called, and which strangers live in a server's pod. */
final class PortChecks {

    private static final Set<String> MISLEADING = Set.of("web", "http", "https", "www", "ui");
    private static final Set<String> ENGINE_NAMES = Set.of("redis", "mysql", "mariadb", "postgres", "postgresql");

    private PortChecks() {}

    static void look(Manifest manifest, Findings findings) {
        manifest.all(Service.class).forEach(service -> {
            if (service.getSpec() != null) {
                service.getSpec().getPorts().forEach(port -> servicePort(service, port, findings));
            }
        });
        manifest.pods()
                .forEach(pods -> pods.containers().forEach(container -> {
                    containerPorts(pods, container, findings);
                    clusterDomain(pods, container, findings);
                }));
        manifest.servers().forEach(server -> {
            strangers(server, findings);
            links(manifest, server, findings);
        });
    }

    private static void servicePort(Service service, ServicePort port, Findings findings) {
        if (port.getPort() != null && EngineKind.ofPort(port.getPort()).isPresent()) {
            portName("Service/" + service.getMetadata().getName(), port.getName(), port.getPort(), findings);
        }
    }

    private static void containerPorts(Pods pods, Container container, Findings findings) {
        container.getPorts().forEach(port -> {
            Integer number = port.getContainerPort();
            if (number != null
                    && port.getName() != null
                    && EngineKind.ofPort(number).isPresent()) {
                portName(pods.path(container), port.getName(), number, findings);
            }
        });
    }

    private static void portName(String path, String name, int number, Findings findings) {
        if (name == null || MISLEADING.contains(name) || name.length() > 15) {
            findings.add(Rule.ID06, path, number, name == null ? "no name" : "the name " + name);
        }
    }

    private static void clusterDomain(Pods pods, Container container, Findings findings) {
        boolean fixed = Pods.words(container).contains("cluster.local")
                || container.getEnv().stream()
                        .map(EnvVar::getValue)
                        .anyMatch(value -> value != null && value.contains("cluster.local"));
        if (fixed) {
            findings.add(Rule.ID10, pods.path(container));
        }
    }

    private static void strangers(Server server, Findings findings) {
        server.pods().spec().getContainers().stream()
                .filter(container -> !container.equals(server.container()))
                .filter(container -> Images.parse(container.getImage())
                        .filter(image -> EngineKind.of(image).isPresent()
                                || image.shortName().contains("exporter")
                                || image.shortName().contains("backup"))
                        .isEmpty())
                .forEach(container -> findings.add(
                        Rule.ID09,
                        server.pods().path(container),
                        server.engine().title()));
    }

    private static void links(Manifest manifest, Server server, Findings findings) {
        boolean off = Boolean.FALSE.equals(server.pods().spec().getEnableServiceLinks());
        Stream<String> names = manifest.all(Service.class).stream()
                .map(service -> service.getMetadata().getName())
                .filter(ENGINE_NAMES::contains);
        if (!off) {
            names.forEach(name -> findings.add(Rule.ID11, server.pods().path(), name));
        }
    }
}
