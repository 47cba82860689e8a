package io.statefulkit.embedded.api.admission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Failures;
import io.statefulkit.embedded.api.ResourceCatalog;
import io.statefulkit.embedded.api.rule.Defaults;
import io.statefulkit.embedded.api.value.Target;
import io.statefulkit.embedded.json.Json;
import io.statefulkit.embedded.store.ObjectStore;
import java.util.Map;
import java.util.Optional;

/** Turns the priority class of a pod into its priority. */
final class PodPriority {

    private static final Map<String, Integer> BUILT_IN =
            Map.of("system-cluster-critical", 2_000_000_000, "system-node-critical", 2_000_001_000);

    private final ObjectStore store;

    PodPriority(ObjectStore store) {
        this.store = store;
    }

    void assign(String pod, ObjectNode spec) {
        String name = Json.text(spec, "priorityClassName");
        Optional<ObjectNode> priorityClass = name.isEmpty() ? globalDefault() : find(name);
        if (name.isEmpty()) {
            priorityClass.ifPresent(found -> spec.put("priorityClassName", Json.text(found, "metadata", "name")));
        } else if (priorityClass.isEmpty() && !BUILT_IN.containsKey(name)) {
            throw Failures.forbidden(ResourceCatalog.PODS, pod, "no PriorityClass with name " + name + " was found");
        }
        int builtIn = BUILT_IN.getOrDefault(name, 0);
        int computed = priorityClass.map(found -> found.path("value").asInt()).orElse(builtIn);
        if (spec.hasNonNull("priority") && spec.path("priority").asInt() != computed) {
            throw Failures.forbidden(
                    ResourceCatalog.PODS,
                    pod,
                    "the integer value of priority (" + spec.path("priority").asInt()
                            + ") must not be provided in pod spec;"
                            + " priority admission controller computed " + computed
                            + " from the given PriorityClass name");
        }
        spec.put("priority", computed);
        String policy =
                priorityClass.map(found -> Json.text(found, "preemptionPolicy")).orElse("");
        Defaults.text(spec, "preemptionPolicy", policy.isEmpty() ? "PreemptLowerPriority" : policy);
    }

    private Optional<ObjectNode> find(String name) {
        return store.get(Target.key(ResourceCatalog.PRIORITY_CLASSES, "", name));
    }

    private Optional<ObjectNode> globalDefault() {
        return store.list(ResourceCatalog.PRIORITY_CLASSES.qualified(), "").objects().stream()
                .filter(found -> found.path("globalDefault").asBoolean())
                .findFirst();
    }
}
