package io.statefulkit.embedded.http.table;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

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

    static String endpoints(Cells endpoints) {
        List<String> all = new ArrayList<>();
        for (JsonNode subset : endpoints.at("subsets")) {
            for (JsonNode address : subset.path("addresses")) {
                String ip = address.path("ip").asText();
                if (subset.path("ports").isEmpty()) {
                    all.add(ip);
                }
                subset.path("ports")
                        .forEach(port -> all.add(ip + ":" + port.path("port").asInt()));
            }
        }
        return some(all, "<none>");
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
