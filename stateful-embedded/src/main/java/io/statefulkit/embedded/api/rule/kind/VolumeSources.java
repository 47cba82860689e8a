package io.statefulkit.embedded.api.rule.kind;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.rule.AsStored;
import io.statefulkit.embedded.json.Json;
import java.util.List;
import java.util.Map;

/** Shows where a volume comes from as the API server shows it: every source there could be, in its order. */
final class VolumeSources {

    static final List<String> ORDER = List.of(
            "gcePersistentDisk",
            "awsElasticBlockStore",
            "hostPath",
            "glusterfs",
            "nfs",
            "rbd",
            "quobyte",
            "iscsi",
            "flexVolume",
            "cinder",
            "cephfs",
            "fc",
            "flocker",
            "azureFile",
            "vsphereVolume",
            "azureDisk",
            "photonPersistentDisk",
            "portworxVolume",
            "scaleIO",
            "local",
            "storageos",
            "csi");

    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("gcePersistentDisk", "GCEPersistentDisk"),
            Map.entry("awsElasticBlockStore", "AWSElasticBlockStore"),
            Map.entry("nfs", "NFS"),
            Map.entry("rbd", "RBD"),
            Map.entry("iscsi", "ISCSI"),
            Map.entry("cephfs", "CephFS"),
            Map.entry("fc", "FC"),
            Map.entry("storageos", "StorageOS"),
            Map.entry("csi", "CSI"),
            Map.entry("fsType", "FSType"));

    private static final Map<String, List<String>> FIELDS = Map.of(
            "hostPath", List.of("path", "type"),
            "local", List.of("path", "fsType"),
            "nfs", List.of("server", "path", "readOnly"));

    private VolumeSources() {}

    static List<String> lines(JsonNode spec) {
        ObjectNode shown = Json.object();
        for (String source : ORDER) {
            JsonNode value = spec.path(source);
            shown.set(name(source), value.isObject() ? fields(source, value) : shown.nullNode());
        }
        return JsonLines.of(shown);
    }

    private static ObjectNode fields(String source, JsonNode value) {
        ObjectNode shown = Json.object();
        List<String> fields = FIELDS.getOrDefault(source, List.of());
        for (String field : fields) {
            JsonNode absent = field.equals("readOnly") ? Json.object().booleanNode(false) : shown.nullNode();
            shown.set(name(field), value.has(field) ? value.path(field) : absent);
        }
        value.properties().forEach(field -> {
            if (!fields.contains(field.getKey())) {
                shown.set(name(field.getKey()), field.getValue());
            }
        });
        return shown;
    }

    private static String name(String field) {
        return NAMES.getOrDefault(field, AsStored.name(field));
    }
}
