package io.statefulkit.embedded.api.admission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Failures;
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

    /** Gives a service what it needs and does not have; returns what takes exactly that back. */
    synchronized Runnable reserve(ObjectNode service) {
        ObjectNode spec = Json.child(service, "spec");
        List<Runnable> undo = new ArrayList<>();
        String type = Json.text(spec, "type");
        if (type.equals("ExternalName")) {
            spec.remove(List.of("clusterIP", "clusterIPs"));
        } else if (!Json.text(spec, "clusterIP").equals("None")) {
            undo.add(reserveAddress(spec));
        }
        if (type.equals("NodePort") || type.equals("LoadBalancer")) {
            Json.objects(spec, "ports").forEach(port -> undo.add(reservePort(port)));
        }
        return () -> undo.forEach(Runnable::run);
    }

    private Runnable reserveAddress(ObjectNode spec) {
        String address = Json.text(spec, "clusterIP");
        if (address.isEmpty()) {
            address = freeAddress();
            spec.put("clusterIP", address);
            spec.putArray("clusterIPs").add(address);
        }
        String reserved = address;
        return addresses.add(reserved) ? () -> releaseAddress(reserved) : () -> {};
    }

    private Runnable reservePort(ObjectNode port) {
        int number = port.path("nodePort").asInt();
        if (number == 0) {
            number = freePort();
            port.put("nodePort", number);
        }
        int reserved = number;
        return ports.add(reserved) ? () -> releasePort(reserved) : () -> {};
    }

    /** Takes back what a service had and another one, if any, does not have. */
    synchronized void release(ObjectNode service, ObjectNode stillThere) {
        String address = Json.text(service, "spec", "clusterIP");
        if (!address.equals(Json.text(stillThere, "spec", "clusterIP"))) {
            addresses.remove(address);
        }
        Set<Integer> kept = new HashSet<>();
        Json.objects(stillThere, "spec", "ports")
                .forEach(port -> kept.add(port.path("nodePort").asInt()));
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
