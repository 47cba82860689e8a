package io.statefulkit.embedded.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ServiceAccountTokenProjection;
import io.statefulkit.embedded.api.Api;
import io.statefulkit.embedded.api.ListOptions;
import io.statefulkit.embedded.api.ResourceCatalog;
import io.statefulkit.embedded.api.WriteOptions;
import io.statefulkit.embedded.json.Json;
import io.statefulkit.embedded.node.volume.ConfigSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what pods refer to from the API server. */
final class ApiConfig implements ConfigSource {

    private static final Logger LOG = LoggerFactory.getLogger(ApiConfig.class);

    private final Api api;

    ApiConfig(Api api) {
        this.api = api;
    }

    @Override
    public Optional<Map<String, byte[]>> configMap(String namespace, String name) {
        return api.find(ResourceCatalog.CONFIG_MAPS, namespace, name).map(map -> {
            Map<String, byte[]> data = new TreeMap<>();
            fields(map.path("data")).forEach((key, value) -> data.put(key, value.getBytes(StandardCharsets.UTF_8)));
            fields(map.path("binaryData")).forEach((key, value) -> data.put(key, decode(value)));
            return data;
        });
    }

    @Override
    public Optional<Map<String, byte[]>> secret(String namespace, String name) {
        return api.find(ResourceCatalog.SECRETS, namespace, name).map(secret -> {
            Map<String, byte[]> data = new TreeMap<>();
            fields(secret.path("data")).forEach((key, value) -> data.put(key, decode(value)));
            return data;
        });
    }

    @Override
    public Optional<Path> claim(String namespace, String name) {
        return api.find(ResourceCatalog.PERSISTENT_VOLUME_CLAIMS, namespace, name)
                .map(claim -> claim.path("spec").path("volumeName").asText(""))
                .filter(volume -> !volume.isEmpty())
                .flatMap(volume -> api.find(ResourceCatalog.PERSISTENT_VOLUMES, "", volume))
                .flatMap(ApiConfig::directory);
    }

    @Override
    public String token(Pod pod, ServiceAccountTokenProjection wanted) {
        ObjectNode request = Json.object();
        ObjectNode spec = request.putObject("spec");
        if (wanted.getAudience() != null) {
            spec.putArray("audiences").add(wanted.getAudience());
        }
        if (wanted.getExpirationSeconds() != null) {
            spec.put("expirationSeconds", wanted.getExpirationSeconds());
        }
        spec.putObject("boundObjectRef")
                .put("kind", "Pod")
                .put("apiVersion", "v1")
                .put("name", pod.getMetadata().getName())
                .put("uid", pod.getMetadata().getUid());
        String account = pod.getSpec().getServiceAccountName();
        return api.post(
                        ResourceCatalog.SERVICE_ACCOUNTS,
                        pod.getMetadata().getNamespace(),
                        account == null ? "default" : account,
                        "token",
                        request,
                        WriteOptions.by("kubelet"))
                .path("status")
                .path("token")
                .asText();
    }

    @Override
    public Optional<String> allocatable(String node, String resource) {
        return api.find(ResourceCatalog.NODES, "", node)
                .map(found ->
                        found.path("status").path("allocatable").path(resource).asText(""))
                .filter(amount -> !amount.isEmpty());
    }

    private static Optional<Path> directory(ObjectNode volume) {
        String local = volume.path("spec").path("local").path("path").asText("");
        if (!local.isEmpty()) {
            return Optional.of(Path.of(local));
        }
        String path = volume.path("spec").path("hostPath").path("path").asText("");
        if (path.isEmpty()) {
            return Optional.empty();
        }
        create(Path.of(path), volume.path("spec").path("hostPath").path("type").asText(""));
        return Optional.of(Path.of(path));
    }

    /** Container runtimes make a directory that is missing; it belongs to the user they run as. */
    private static void create(Path directory, String type) {
        if (Files.exists(directory) || !(type.isEmpty() || type.equals("DirectoryOrCreate"))) {
            return;
        }
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            // Its mount will say that it is not there.
            LOG.debug("{} could not be created: {}", directory, e.toString());
        }
    }

    @Override
    public Map<String, String> services(String namespace, boolean all) {
        Map<String, String> variables = new LinkedHashMap<>();
        if (all) {
            for (ObjectNode service : api.list(ResourceCatalog.SERVICES, namespace, ListOptions.ALL)
                    .items()) {
                variables.putAll(variables(service));
            }
        }
        api.find(ResourceCatalog.SERVICES, "default", "kubernetes")
                .ifPresent(service -> variables.putAll(variables(service)));
        return variables;
    }

    private static Map<String, String> variables(ObjectNode service) {
        Map<String, String> variables = new LinkedHashMap<>();
        String ip = service.path("spec").path("clusterIP").asText("");
        JsonNode ports = service.path("spec").path("ports");
        if (ip.isEmpty() || ip.equals("None") || ports.isEmpty()) {
            return variables;
        }
        String name = upper(service.path("metadata").path("name").asText());
        variables.put(name + "_SERVICE_HOST", ip);
        variables.put(name + "_SERVICE_PORT", ports.get(0).path("port").asText());
        for (JsonNode port : ports) {
            if (port.has("name")) {
                variables.put(
                        name + "_SERVICE_PORT_" + upper(port.get("name").asText()),
                        port.path("port").asText());
            }
        }
        variables.put(name + "_PORT", url(ip, ports.get(0)));
        for (JsonNode port : ports) {
            String protocol = port.path("protocol").asText("TCP");
            String prefix = name + "_PORT_" + port.path("port").asText() + "_" + protocol;
            variables.put(prefix, url(ip, port));
            variables.put(prefix + "_PROTO", protocol.toLowerCase(Locale.ROOT));
            variables.put(prefix + "_PORT", port.path("port").asText());
            variables.put(prefix + "_ADDR", ip);
        }
        return variables;
    }

    private static String url(String ip, JsonNode port) {
        return port.path("protocol").asText("TCP").toLowerCase(Locale.ROOT) + "://" + ip + ":"
                + port.path("port").asText();
    }

    private static String upper(String name) {
        return name.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    private static Map<String, String> fields(JsonNode object) {
        Map<String, String> fields = new LinkedHashMap<>();
        object.properties()
                .forEach(field -> fields.put(field.getKey(), field.getValue().asText()));
        return fields;
    }

    private static byte[] decode(String text) {
        return Base64.getMimeDecoder().decode(text);
    }
}
