package io.statefulkit.embedded.control.scheduling;

import com.fasterxml.jackson.databind.JsonNode;
import io.statefulkit.embedded.control.loop.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether nodes have the ports free that a pod wants of its node.
 *
 * @param wanted the ports
 * @param others the pods that have nodes; may be empty when the pod wants no port
 */
record HostPorts(List<Port> wanted, List<Resource> others) {

    private static final String EVERY_ADDRESS = "0.0.0.0";

    /** A port of a node. */
    record Port(String address, String protocol, int number) {

        boolean meets(Port other) {
            boolean sameAddress = address.equals(other.address)
                    || address.equals(EVERY_ADDRESS)
                    || other.address.equals(EVERY_ADDRESS);
            return sameAddress && protocol.equals(other.protocol) && number == other.number;
        }
    }

    static HostPorts of(Resource pod, List<Resource> others) {
        return new HostPorts(ports(pod), others);
    }

    static boolean matterTo(Resource pod) {
        return !ports(pod).isEmpty();
    }

    Optional<Obstacle> obstacle(Resource node) {
        boolean taken = others.stream()
                .filter(other -> other.spec().path("nodeName").asText("").equals(node.name()))
                .flatMap(other -> ports(other).stream())
                .anyMatch(port -> wanted.stream().anyMatch(port::meets));
        return taken
                ? Optional.of(Obstacle.ofOthers("node(s) didn't have free ports for the requested pod ports"))
                : Optional.empty();
    }

    private static List<Port> ports(Resource pod) {
        List<Port> ports = new ArrayList<>();
        for (JsonNode container : pod.spec().path("containers")) {
            add(container, ports);
        }
        for (JsonNode init : pod.spec().path("initContainers")) {
            if (init.path("restartPolicy").asText("").equals("Always")) {
                add(init, ports);
            }
        }
        return ports;
    }

    private static void add(JsonNode container, List<Port> ports) {
        for (JsonNode port : container.path("ports")) {
            int number = port.path("hostPort").asInt(0);
            String address = port.path("hostIP").asText("");
            if (number > 0) {
                ports.add(new Port(
                        address.isEmpty() ? EVERY_ADDRESS : address,
                        port.path("protocol").asText("TCP"),
                        number));
            }
        }
    }
}
