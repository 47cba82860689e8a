package io.statefulkit.embedded.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.json.Json;

/** Services. */
final class ServiceRules implements KindRules {

    @Override
    public void defaults(ObjectNode service) {
        ObjectNode spec = Json.child(service, "spec");
        Defaults.text(spec, "type", "ClusterIP");
        Defaults.text(spec, "sessionAffinity", "None");
        for (ObjectNode port : Json.objects(spec, "ports")) {
            Defaults.text(port, "protocol", "TCP");
            if (!port.hasNonNull("targetPort")
                    || port.path("targetPort").asText().equals("0")) {
                port.put("targetPort", port.path("port").asInt());
            }
        }
        if (Json.text(spec, "type").equals("ExternalName")) {
            return;
        }
        Defaults.text(spec, "internalTrafficPolicy", "Cluster");
        if (!spec.has("ipFamilies")) {
            spec.putArray("ipFamilies").add("IPv4");
        }
        Defaults.text(spec, "ipFamilyPolicy", "SingleStack");
        if (spec.hasNonNull("clusterIP") && !spec.has("clusterIPs")) {
            spec.putArray("clusterIPs").add(Json.text(spec, "clusterIP"));
        }
    }

    @Override
    public void prepareCreate(ObjectNode service) {
        service.putObject("status").putObject("loadBalancer");
    }

    @Override
    public void prepareUpdate(ObjectNode old, ObjectNode next) {
        ObjectNode spec = Json.child(next, "spec");
        for (String field : new String[] {"clusterIP", "clusterIPs", "ipFamilies"}) {
            if (!spec.hasNonNull(field) && Json.at(old, "spec").hasNonNull(field)) {
                spec.set(field, Json.at(old, "spec", field));
            }
        }
    }
}
