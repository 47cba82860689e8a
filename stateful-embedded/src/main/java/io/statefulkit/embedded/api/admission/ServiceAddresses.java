package io.statefulkit.embedded.api.admission;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Failure;
import io.statefulkit.embedded.api.Failures;
import io.statefulkit.embedded.api.Violation;
import io.statefulkit.embedded.json.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Hands out what services need for themselves: an address of the loopback network, so that this JVM can listen on it,
 * and ports of the node.
 */
final class ServiceAddresses {

    private static final int FIRST = 0x8001;
    private static final int LAST = 0xfffe;
    private static final int FIRST_PORT = 30000;
    private static final int PORTS = 2768;

    private final Set<String> addresses = new HashSet<>();
    private final Set<Integer> ports = new HashSet<>();
    private final String network;
    private int nextAddress = FIRST;

    /** Hands out the upper half of a network, such as {@code 127.96.}. */
    ServiceAddresses(String network) {
        this.network = network;
    }

    /**
     * Gives a service what it needs and does not have; returns what takes exactly that back.
     *
     * @throws Failure 422 when it asks for what is not there, or is another one's
     */
    synchronized Runnable reserve(ObjectNode old, ObjectNode service) {
        ObjectNode spec = Json.child(service, "spec");
        List<Runnable> undo = new ArrayList<>();
        String type = Json.text(spec, "type");
        try {
            if (type.equals("ExternalName")) {
                spec.remove(List.of("clusterIP", "clusterIPs"));
            } else if (!Json.text(spec, "clusterIP").equals("None")) {
                undo.add(reserveAddress(old, service));
            }
            if (type.equals("NodePort") || type.equals("LoadBalancer")) {
                Set<Integer> before = portsOf(old);
                List<ObjectNode> wanted = Json.objects(spec, "ports");
                for (int i = 0; i < wanted.size(); i++) {
                    undo.add(reservePort(service, i, wanted.get(i), before));
                }
            }
        } catch (Failure failure) {
            undo.forEach(Runnable::run);
            throw failure;
        }
        return () -> undo.forEach(Runnable::run);
    }

    private static Set<Integer> portsOf(ObjectNode service) {
        Set<Integer> ports = new HashSet<>();
        Json.objects(service, "spec", "ports")
                .forEach(port -> ports.add(port.path("nodePort").asInt()));
        return ports;
    }

    private Runnable reserveAddress(ObjectNode old, ObjectNode service) {
        ObjectNode spec = Json.child(service, "spec");
        String address = Json.text(spec, "clusterIP");
        if (address.isEmpty()) {
            address = freeAddress();
            spec.put("clusterIP", address);
            spec.putArray("clusterIPs").add(address);
        } else if (!address.equals(Json.text(old, "spec", "clusterIP"))) {
            checkAddress(service, address);
        }
        String reserved = address;
        return addresses.add(reserved) ? () -> releaseAddress(reserved) : () -> {};
    }

    private void checkAddress(ObjectNode service, String address) {
        if (!address.startsWith(network)) {
            throw refused(
                    service,
                    address,
                    "the provided IP (" + address + ") is not in the valid range. The range of valid IPs is " + network
                            + "0.0/16");
        }
        if (addresses.contains(address)) {
            throw refused(service, address, "provided IP is already allocated");
        }
    }

    private static Failure refused(ObjectNode service, String address, String why) {
        Violation violation = Violation.invalid(
                "spec.clusterIPs",
                Json.at(service, "spec", "clusterIPs"),
                "failed to allocate IP " + address + ": " + why);
        return Failures.invalid("", "Service", Json.text(service, "metadata", "name"), List.of(violation));
    }

    private Runnable reservePort(ObjectNode service, int index, ObjectNode port, Set<Integer> before) {
        int number = port.path("nodePort").asInt();
        if (number == 0) {
            number = freePort();
            port.put("nodePort", number);
        } else if (!before.contains(number)) {
            checkPort(service, index, number);
        }
        int reserved = number;
        return ports.add(reserved) ? () -> releasePort(reserved) : () -> {};
    }

    private void checkPort(ObjectNode service, int index, int number) {
        boolean outside = number < FIRST_PORT || number >= FIRST_PORT + PORTS;
        if (!outside && !ports.contains(number)) {
            return;
        }
        String why = outside
                ? "provided port is not in the valid range. The range of valid ports is " + FIRST_PORT + "-"
                        + (FIRST_PORT + PORTS - 1)
                : "provided port is already allocated";
        Violation violation = Violation.invalid("spec.ports[" + index + "].nodePort", IntNode.valueOf(number), why);
        throw Failures.invalid("", "Service", Json.text(service, "metadata", "name"), List.of(violation));
    }

    /** Takes back what a service had and another one, if any, does not have. */
    synchronized void release(ObjectNode service, ObjectNode stillThere) {
        String address = Json.text(service, "spec", "clusterIP");
        if (!address.equals(Json.text(stillThere, "spec", "clusterIP"))) {
            addresses.remove(address);
        }
        Set<Integer> kept = portsOf(stillThere);
        for (ObjectNode port : Json.objects(service, "spec", "ports")) {
            int number = port.path("nodePort").asInt();
            if (!kept.contains(number)) {
                ports.remove(number);
            }
        }
    }

    private synchronized void releaseAddress(String address) {
        addresses.remove(address);
    }

    private synchronized void releasePort(int port) {
        ports.remove(port);
    }

    private String freeAddress() {
        for (int i = FIRST; i <= LAST; i++) {
            int number = nextAddress;
            nextAddress = nextAddress == LAST ? FIRST : nextAddress + 1;
            String address = network + (number >> 8) + "." + (number & 0xff);
            if (!addresses.contains(address)) {
                return address;
            }
        }
        throw Failures.internal("failed to allocate a serviceIP: range is full");
    }

    private int freePort() {
        int start = ThreadLocalRandom.current().nextInt(PORTS);
        for (int i = 0; i < PORTS; i++) {
            int port = FIRST_PORT + (start + i) % PORTS;
            if (!ports.contains(port)) {
                return port;
            }
        }
        throw Failures.internal("failed to allocate a nodePort: range is full");
    }
}
