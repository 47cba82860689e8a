package io.statefulkit.embedded.node;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.ResourceCatalog;
import io.statefulkit.embedded.json.Json;
import io.statefulkit.embedded.node.status.Times;
import java.time.Instant;
import java.util.Locale;

/** The Node object: what this machine is and has. */
final class NodeObject {

    private final Services services;

    NodeObject(Services services) {
        this.services = services;
    }

    void register() {
        String name = services.options().name();
        if (services.api().find(ResourceCatalog.NODES, "", name).isEmpty()) {
            services.api().create(ResourceCatalog.NODES, "", object(name), PodEvents.KUBELET);
        }
        ready(true);
    }

    /** Says whether the node is ready. */
    void ready(boolean ready) {
        var unused = services.api()
                .edit(
                        ResourceCatalog.NODES,
                        "",
                        services.options().name(),
                        "status",
                        node -> {
                            status(node.withObject("/status"), ready);
                            return node;
                        },
                        PodEvents.KUBELET);
    }

    private ObjectNode object(String name) {
        ObjectNode node = Json.object();
        node.put("kind", "Node");
        node.put("apiVersion", "v1");
        ObjectNode metadata = node.putObject("metadata");
        metadata.put("name", name);
        ObjectNode labels = metadata.putObject("labels");
        labels.put("kubernetes.io/hostname", name);
        labels.put("kubernetes.io/os", "linux");
        labels.put("kubernetes.io/arch", architecture());
        labels.put("beta.kubernetes.io/os", "linux");
        labels.put("beta.kubernetes.io/arch", architecture());
        labels.put("statefulkit.io/isolation", services.options().isolation().name());
        ObjectNode spec = node.putObject("spec");
        spec.put("podCIDR", services.addresses().range());
        spec.putArray("podCIDRs").add(services.addresses().range());
        return node;
    }

    private void status(ObjectNode status, boolean ready) {
        Instant now = services.now();
        ObjectNode amounts = status.putObject("capacity");
        // The same on every machine: whether the pods of a test fit must not depend on where it runs.
        amounts.put("cpu", "64");
        amounts.put("memory", "256Gi");
        amounts.put("pods", "10000");
        amounts.put("ephemeral-storage", services.workspace().root().toFile().getTotalSpace() / 1024 + "Ki");
        services.options().capacity().forEach(amounts::put);
        status.set("allocatable", amounts.deepCopy());
        ArrayNode conditions = status.putArray("conditions");
        condition(
                conditions,
                now,
                "MemoryPressure",
                false,
                "KubeletHasSufficientMemory",
                "kubelet has sufficient memory available");
        condition(conditions, now, "DiskPressure", false, "KubeletHasNoDiskPressure", "kubelet has no disk pressure");
        condition(
                conditions,
                now,
                "PIDPressure",
                false,
                "KubeletHasSufficientPID",
                "kubelet has sufficient PID available");
        if (ready) {
            condition(conditions, now, "Ready", true, "KubeletReady", "kubelet is posting ready status");
        } else {
            // What the control plane writes when a node is silent.
            conditions.removeAll();
            for (String type : new String[] {"MemoryPressure", "DiskPressure", "PIDPressure", "Ready"}) {
                condition(conditions, now, type, false, "NodeStatusUnknown", "Kubelet stopped posting node status.");
                ((ObjectNode) conditions.get(conditions.size() - 1)).put("status", "Unknown");
            }
        }
        ArrayNode addresses = status.putArray("addresses");
        address(addresses, "InternalIP", services.addresses().node());
        address(addresses, "Hostname", services.options().name());
        ObjectNode info = status.putObject("nodeInfo");
        info.put("architecture", architecture());
        info.put("operatingSystem", "linux");
        info.put("osImage", System.getProperty("os.name"));
        info.put("kernelVersion", System.getProperty("os.version"));
        info.put("containerRuntimeVersion", "process://1.0");
        info.put("kubeletVersion", "v1.36.2");
        info.put("kubeProxyVersion", "v1.36.2");
        info.put("machineID", "");
        info.put("systemUUID", "");
        info.put("bootID", "");
    }

    private static void condition(
            ArrayNode conditions, Instant now, String type, boolean value, String reason, String message) {
        ObjectNode condition = conditions.addObject();
        condition.put("type", type);
        condition.put("status", value ? "True" : "False");
        condition.put("lastHeartbeatTime", Times.text(now));
        condition.put("lastTransitionTime", Times.text(now));
        condition.put("reason", reason);
        condition.put("message", message);
    }

    private static void address(ArrayNode addresses, String type, String address) {
        ObjectNode entry = addresses.addObject();
        entry.put("type", type);
        entry.put("address", address);
    }

    private static String architecture() {
        String name = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        return switch (name) {
            case "x86_64" -> "amd64";
            case "aarch64" -> "arm64";
            default -> name;
        };
    }
}
