package io.statefulkit.embedded.http.table;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.TreeSet;

/** How nodes look in tables. */
final class NodeCells {

    private static final String ROLE = "node-role.kubernetes.io/";

    private NodeCells() {}

    static String status(Cells node) {
        String ready = "Unknown";
        for (JsonNode condition : node.at("status", "conditions")) {
            if (condition.path("type").asText().equals("Ready")) {
                ready = condition.path("status").asText().equals("True") ? "Ready" : "NotReady";
            }
        }
        return ready + (node.at("spec", "unschedulable").asBoolean() ? ",SchedulingDisabled" : "");
    }

    static String roles(Cells node) {
        TreeSet<String> roles = new TreeSet<>();
        node.at("metadata", "labels").fieldNames().forEachRemaining(label -> {
            if (label.startsWith(ROLE)) {
                roles.add(label.substring(ROLE.length()));
            }
        });
        return roles.isEmpty() ? "<none>" : String.join(",", roles);
    }

    static String address(Cells node, String type) {
        for (JsonNode address : node.at("status", "addresses")) {
            if (address.path("type").asText().equals(type)) {
                return address.path("address").asText();
            }
        }
        return "<none>";
    }

    static String kernel(Cells node) {
        return node.textOr("<unknown>", "status", "nodeInfo", "kernelVersion") + " ("
                + node.textOr("<unknown>", "status", "nodeInfo", "architecture") + ")";
    }
}
