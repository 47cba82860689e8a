package io.statefulkit.lint.check;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.statefulkit.lint.Rule;
import io.statefulkit.lint.Severity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** YAML text as objects, as far as it is that. */
final class Yaml {

    private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

    /** Kinds that say nothing without a spec. */
    private static final Set<String> STORAGE = Set.of("PersistentVolume", "PersistentVolumeClaim");

    private Yaml() {}

    static List<HasMetadata> read(String text, Findings findings) {
        List<HasMetadata> objects = new ArrayList<>();
        int number = 0;
        try {
            Iterable<Object> documents = new Load(LoadSettings.builder().build()).loadAllFromString(text);
            for (Object document : documents) {
                number++;
                if (document != null) {
                    object(number, document, objects, findings);
                }
            }
        } catch (YamlEngineException e) {
            findings.add(Rule.AP01, "document " + (number + 1), firstLines(e));
        }
        return objects;
    }

    private static String firstLines(Exception e) {
        String message = String.valueOf(e.getMessage());
        return message.lines().limit(2).reduce((a, b) -> a + " " + b.strip()).orElse("");
    }

    private static void object(int number, Object document, List<HasMetadata> objects, Findings findings) {
        String path = "document " + number;
        if (!(document instanceof Map<?, ?> map)) {
            findings.add(Rule.AP01, path, "it is no object");
            return;
        }
        for (String field : List.of("apiVersion", "kind")) {
            if (!(map.get(field) instanceof String)) {
                findings.add(Rule.AP01, path, "it has no " + field);
                return;
            }
        }
        if ("List".equals(map.get("kind")) && map.get("items") instanceof List<?> items) {
            items.forEach(item -> object(number, item, objects, findings));
            return;
        }
        if (!(map.get("metadata") instanceof Map<?, ?> meta) || !(meta.get("name") instanceof String)) {
            findings.add(Rule.AP01, path, "it has no metadata.name");
            return;
        }
        if (STORAGE.contains(String.valueOf(map.get("kind"))) && !(map.get("spec") instanceof Map<?, ?>)) {
            findings.add(Rule.AP01, path, "it has no spec");
            return;
        }
        typed(path, map, objects, findings);
        explicitNull(map, findings);
    }

    private static void typed(String path, Map<?, ?> map, List<HasMetadata> objects, Findings findings) {
        try {
            objects.add(SERIALIZATION.convertValue(withoutNulls(map), HasMetadata.class));
        } catch (IllegalArgumentException e) {
            findings.add(Rule.AP01, path, firstLines(e));
        }
    }

    /** For Kubernetes, a field that is null is not there; typed objects would have a null that nobody expects. */
    private static Object withoutNulls(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> fields = new LinkedHashMap<>();
            map.forEach((key, field) -> {
                if (field != null) {
                    fields.put(String.valueOf(key), withoutNulls(field));
                }
            });
            return fields;
        }
        return value instanceof List<?> list
                ? list.stream().filter(Objects::nonNull).map(Yaml::withoutNulls).toList()
                : value;
    }

    /** A null that YAML spells out is lost in typed objects, so it is looked for here. */
    private static void explicitNull(Map<?, ?> map, Findings findings) {
        if ("Deployment".equals(map.get("kind"))
                && map.get("spec") instanceof Map<?, ?> spec
                && spec.get("strategy") instanceof Map<?, ?> strategy
                && "Recreate".equals(strategy.get("type"))
                && strategy.containsKey("rollingUpdate")
                && map.get("metadata") instanceof Map<?, ?> meta) {
            findings.add(Severity.WARNING, Rule.AP02, "Deployment/" + meta.get("name"));
        }
    }
}
