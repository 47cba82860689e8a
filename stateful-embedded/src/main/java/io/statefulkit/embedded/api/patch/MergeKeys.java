package io.statefulkit.embedded.api.patch;

import java.util.Map;

/** By which key lists merge in a strategic merge patch; all others are replaced. */
final class MergeKeys {

    private static final Map<String, String> KEYS = Map.ofEntries(
            Map.entry("containers", "name"),
            Map.entry("initContainers", "name"),
            Map.entry("ephemeralContainers", "name"),
            Map.entry("env", "name"),
            Map.entry("volumes", "name"),
            Map.entry("imagePullSecrets", "name"),
            Map.entry("schedulingGates", "name"),
            Map.entry("resourceClaims", "name"),
            Map.entry("secrets", "name"),
            Map.entry("volumeMounts", "mountPath"),
            Map.entry("volumeDevices", "devicePath"),
            Map.entry("hostAliases", "ip"),
            Map.entry("podIPs", "ip"),
            Map.entry("hostIPs", "ip"),
            Map.entry("topologySpreadConstraints", "topologyKey"),
            Map.entry("conditions", "type"),
            Map.entry("ownerReferences", "uid"));

    private MergeKeys() {}

    /** Returns the key, or an empty text for a list that is replaced. */
    static String of(String parent, String list) {
        if (list.equals("ports")) {
            return parent.equals("spec") ? "port" : "containerPort";
        }
        return KEYS.getOrDefault(list, "");
    }
}
