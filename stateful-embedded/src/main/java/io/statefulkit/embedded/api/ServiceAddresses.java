package io.statefulkit.embedded.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.json.Json;
import java.util.HashSet;
import java.util.Set;

/** Hands out the addresses of services: loopback addresses, so that this JVM can listen on them. */
final class ServiceAddresses {

    private static final String NETWORK = "127.96.";
    private static final int SIZE = 256 * 256;

    private final Set<String> used = new HashSet<>();
    private int next = 1;

    /** Gives a service its address; returns what takes it back. */
    synchronized Runnable reserve(ObjectNode service) {
        ObjectNode spec = Json.child(service, "spec");
        if (Json.text(spec, "type").equals("ExternalName")) {
            return () -> {};
        }
        String address = Json.text(spec, "clusterIP");
        if (address.equals("None")) {
            return () -> {};
        }
        if (address.isEmpty()) {
            address = free();
            spec.put("clusterIP", address);
            spec.putArray("clusterIPs").add(address);
        }
        used.add(address);
        return () -> release(service);
    }

    /** Gives an address to a service that did not need one before. */
    void reassign(ObjectNode old, ObjectNode next) {
        boolean needed = Json.text(old, "spec", "clusterIP").isEmpty();
        if (needed) {
            reserve(next);
        }
    }

    synchronized void release(ObjectNode service) {
        used.remove(Json.text(service, "spec", "clusterIP"));
    }

    private String free() {
        for (int i = 0; i < SIZE; i++) {
            int number = next;
            next = next % (SIZE - 1) + 1;
            String address = NETWORK + (number >> 8) + "." + (number & 0xff);
            if (!used.contains(address)) {
                return address;
            }
        }
        throw Failures.internal("failed to allocate a serviceIP: range is full");
    }
}
