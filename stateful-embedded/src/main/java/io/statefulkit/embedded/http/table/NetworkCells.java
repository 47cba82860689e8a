package io.statefulkit.embedded.http.table;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** How services and what is behind them look in tables. */
final class NetworkCells {

    private static final int SHOWN = 3;

    private NetworkCells() {}

    static String servicePorts(Cells service) {
        List<String> ports = new ArrayList<>();
        for (JsonNode port : service.at("spec", "ports")) {
            String nodePort = port.has("nodePort") ? ":" + port.path("nodePort").asInt() : "";
            ports.add(port.path("port").asInt() + nodePort + "/"
                    + port.path("protocol").asText("TCP"));
        }
        return ports.isEmpty() ? "<none>" : String.join(",", ports);
    }

    /** Returns under which addresses a service is reached from outside. */
    static String externalAddress(Cells service) {
        String type = service.textOr("", "spec", "type");
        if (type.equals("ExternalName")) {
            return service.textOr("", "spec", "externalName");
        }
        List<String> all = new ArrayList<>();
        if (type.equals("LoadBalancer")) {
            Set<String> balanced = new TreeSet<>();
            for (JsonNode ingress : service.at("status", "loadBalancer", "ingress")) {
                balanced.add(ingress.path("ip").asText(ingress.path("hostname").asText()));
            }
            all.addAll(balanced);
        }
        service.at("spec", "externalIPs").forEach(address -> all.add(address.asText()));
        String otherwise = type.equals("LoadBalancer") ? "<pending>" : "<none>";
        return all.isEmpty() ? otherwise : String.join(",", all);
    }

    /** Returns port after port with all its addresses; nothing at all when none is ready. */
    static String endpoints(Cells endpoints) {
        List<String> all = new ArrayList<>();
        for (JsonNode subset : endpoints.at("subsets")) {
            List<String> ports = new ArrayList<>();
            subset.path("ports")
                    .forEach(port -> ports.add(":" + port.path("port").asInt()));
            for (String port : ports.isEmpty() ? List.of("") : ports) {
                subset.path("addresses")
                        .forEach(address -> all.add(address.path("ip").asText() + port));
            }
        }
        return some(all, endpoints.at("subsets").isEmpty() ? "<none>" : "");
    }

    static String slicePorts(Cells slice) {
        List<String> ports = new ArrayList<>();
        slice.at("ports").forEach(port -> ports.add(port.path("port").asText("*")));
        return some(ports, "<unset>");
    }

    static String sliceAddresses(Cells slice) {
        List<String> all = new ArrayList<>();
        for (JsonNode endpoint : slice.at("endpoints")) {
            endpoint.path("addresses").forEach(address -> all.add(address.asText()));
        }
        return some(all, "<unset>");
    }

    private static String some(List<String> all, String none) {
        if (all.isEmpty()) {
            return none;
        }
        String shown = String.join(",", all.subList(0, Math.min(SHOWN, all.size())));
        return all.size() > SHOWN ? shown + " + " + (all.size() - SHOWN) + " more..." : shown;
    }
}
