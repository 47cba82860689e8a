package io.statefulkit.embedded.control.network;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.control.loop.Pods;
import io.statefulkit.embedded.control.loop.Resource;
import io.statefulkit.embedded.json.Json;
import java.util.OptionalInt;

/**
 * A pod behind a service.
 *
 * @param service the service
 * @param pod a pod that has an address
 */
record Backend(Resource service, Resource pod) {

    static boolean possible(Resource pod) {
        return !pod.status().path("podIP").asText("").isEmpty() && !Pods.terminal(pod);
    }

    String ip() {
        return pod.status().path("podIP").asText();
    }

    boolean serving() {
        return pod.is("Ready");
    }

    boolean terminating() {
        return pod.deleting();
    }

    boolean ready() {
        return publishesNotReady(service) || (serving() && !terminating());
    }

    static boolean publishesNotReady(Resource service) {
        return service.spec().path("publishNotReadyAddresses").asBoolean(false);
    }

    /** The port of the pod behind a port of the service; empty when no container names it. */
    OptionalInt port(JsonNode servicePort) {
        JsonNode target = servicePort.path("targetPort");
        if (target.isInt() || target.isMissingNode()) {
            return OptionalInt.of(target.asInt(servicePort.path("port").asInt()));
        }
        for (String list : new String[] {"containers", "initContainers"}) {
            for (JsonNode container : pod.spec().path(list)) {
                for (JsonNode port : container.path("ports")) {
                    if (port.path("name").asText("").equals(target.asText())
                            && port.path("protocol").asText("TCP").equals(protocol(servicePort))) {
                        return OptionalInt.of(port.path("containerPort").asInt());
                    }
                }
            }
        }
        return target.asText("").matches("[0-9]+")
                ? OptionalInt.of(Integer.parseInt(target.asText()))
                : OptionalInt.empty();
    }

    static String protocol(JsonNode servicePort) {
        return servicePort.path("protocol").asText("TCP");
    }

    /** As it is written in Endpoints. */
    ObjectNode address() {
        ObjectNode address = Json.object().put("ip", ip());
        putHostname(address);
        address.put("nodeName", pod.spec().path("nodeName").asText());
        address.set("targetRef", reference());
        return address;
    }

    /** As it is written in an EndpointSlice. */
    ObjectNode endpoint() {
        ObjectNode endpoint = Json.object();
        endpoint.putArray("addresses").add(ip());
        endpoint.putObject("conditions")
                .put("ready", ready())
                .put("serving", serving())
                .put("terminating", terminating());
        putHostname(endpoint);
        endpoint.set("targetRef", reference());
        return endpoint.put("nodeName", pod.spec().path("nodeName").asText());
    }

    private void putHostname(ObjectNode to) {
        String hostname = pod.spec().path("hostname").asText("");
        if (!hostname.isEmpty() && pod.spec().path("subdomain").asText("").equals(service.name())) {
            to.put("hostname", hostname);
        }
    }

    private ObjectNode reference() {
        return Json.object()
                .put("kind", "Pod")
                .put("namespace", pod.namespace())
                .put("name", pod.name())
                .put("uid", pod.uid());
    }
}
