package io.statefulkit.embedded.api.rule.pod;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.rule.Defaults;
import io.statefulkit.embedded.json.Json;
import java.util.List;

/** The defaults of a pod's spec, in pods and in templates. */
public final class PodSpecDefaults {

    private static final int DEFAULT_MODE = 0644;

    private PodSpecDefaults() {}

    /** Sets the defaults of the template in a spec. */
    public static void ofTemplate(ObjectNode spec) {
        ObjectNode template = Json.child(spec, "template");
        Json.child(template, "metadata");
        of(Json.child(template, "spec"));
    }

    public static void of(ObjectNode spec) {
        Defaults.text(spec, "restartPolicy", "Always");
        Defaults.number(spec, "terminationGracePeriodSeconds", 30);
        Defaults.text(spec, "dnsPolicy", "ClusterFirst");
        Json.child(spec, "securityContext");
        Defaults.text(spec, "schedulerName", "default-scheduler");
        for (String list : List.of("initContainers", "containers", "ephemeralContainers")) {
            Json.objects(spec, list).forEach(PodSpecDefaults::container);
        }
        Json.objects(spec, "volumes").forEach(PodSpecDefaults::volume);
        if (spec.hasNonNull("serviceAccountName") && !spec.has("serviceAccount")) {
            spec.put("serviceAccount", Json.text(spec, "serviceAccountName"));
        } else if (spec.hasNonNull("serviceAccount") && !spec.has("serviceAccountName")) {
            spec.put("serviceAccountName", Json.text(spec, "serviceAccount"));
        }
    }

    private static void container(ObjectNode container) {
        String image = Json.text(container, "image");
        String name = image.substring(image.lastIndexOf('/') + 1);
        boolean latest = !image.contains("@") && (!name.contains(":") || name.endsWith(":latest"));
        Defaults.text(container, "imagePullPolicy", latest ? "Always" : "IfNotPresent");
        Defaults.text(container, "terminationMessagePath", "/dev/termination-log");
        Defaults.text(container, "terminationMessagePolicy", "File");
        Json.child(container, "resources");
        Json.objects(container, "ports").forEach(port -> Defaults.text(port, "protocol", "TCP"));
        for (String probe : List.of("livenessProbe", "readinessProbe", "startupProbe")) {
            if (container.get(probe) instanceof ObjectNode object) {
                probe(object);
            }
        }
        for (String hook : List.of("postStart", "preStop")) {
            if (Json.at(container, "lifecycle", hook, "httpGet") instanceof ObjectNode get) {
                httpGet(get);
            }
        }
        for (ObjectNode variable : Json.objects(container, "env")) {
            references(variable.path("valueFrom"));
        }
    }

    private static void probe(ObjectNode probe) {
        Defaults.positive(probe, "timeoutSeconds", 1);
        Defaults.positive(probe, "periodSeconds", 10);
        Defaults.positive(probe, "successThreshold", 1);
        Defaults.positive(probe, "failureThreshold", 3);
        if (probe.get("httpGet") instanceof ObjectNode get) {
            httpGet(get);
        }
        if (probe.get("grpc") instanceof ObjectNode grpc && !grpc.hasNonNull("service")) {
            grpc.put("service", "");
        }
    }

    private static void httpGet(ObjectNode get) {
        Defaults.text(get, "path", "/");
        Defaults.text(get, "scheme", "HTTP");
    }

    private static void references(JsonNode source) {
        if (source.path("fieldRef") instanceof ObjectNode field) {
            Defaults.text(field, "apiVersion", "v1");
        }
        if (source.path("resourceFieldRef") instanceof ObjectNode resource) {
            Defaults.text(resource, "divisor", "0");
        }
    }

    private static void volume(ObjectNode volume) {
        boolean named = volume.has("name");
        if (volume.size() == (named ? 1 : 0)) {
            volume.putObject("emptyDir");
        }
        for (String source : List.of("secret", "configMap", "projected")) {
            if (volume.get(source) instanceof ObjectNode object) {
                Defaults.number(object, "defaultMode", DEFAULT_MODE);
            }
        }
        if (volume.get("downwardAPI") instanceof ObjectNode downward) {
            Defaults.number(downward, "defaultMode", DEFAULT_MODE);
            downwardItems(downward);
        }
        if (volume.get("hostPath") instanceof ObjectNode path && !path.hasNonNull("type")) {
            path.put("type", "");
        }
        for (ObjectNode source : Json.objects(volume, "projected", "sources")) {
            if (source.get("downwardAPI") instanceof ObjectNode downward) {
                downwardItems(downward);
            }
            if (source.get("serviceAccountToken") instanceof ObjectNode token) {
                Defaults.number(token, "expirationSeconds", 3600);
            }
        }
        if (Json.at(volume, "ephemeral", "volumeClaimTemplate", "spec") instanceof ObjectNode claim) {
            Defaults.text(claim, "volumeMode", "Filesystem");
        }
    }

    private static void downwardItems(ObjectNode downward) {
        Json.objects(downward, "items").forEach(PodSpecDefaults::references);
    }
}
