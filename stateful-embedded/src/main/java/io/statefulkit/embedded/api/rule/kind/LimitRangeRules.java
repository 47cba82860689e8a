package io.statefulkit.embedded.api.rule.kind;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Violation;
import io.statefulkit.embedded.api.rule.Check;
import io.statefulkit.embedded.api.rule.KindRules;
import io.statefulkit.embedded.api.rule.ResourceNames;
import io.statefulkit.embedded.api.rule.Violations;
import io.statefulkit.embedded.api.value.NameRules;
import io.statefulkit.embedded.json.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Limit ranges: what containers get by default follows from what they may have. */
final class LimitRangeRules implements KindRules {

    private static final Set<String> TYPES = Set.of("Pod", "Container", "PersistentVolumeClaim");

    @Override
    public void defaults(ObjectNode range) {
        for (ObjectNode limit : Json.objects(range, "spec", "limits")) {
            if (Json.text(limit, "type").equals("Container")) {
                fill(limit, "default", "max");
                fill(limit, "defaultRequest", "default");
                fill(limit, "defaultRequest", "min");
            }
        }
    }

    private static void fill(ObjectNode limit, String target, String source) {
        for (Map.Entry<String, JsonNode> amount : limit.path(source).properties()) {
            ObjectNode amounts = Json.child(limit, target);
            if (!amounts.has(amount.getKey())) {
                amounts.set(amount.getKey(), amount.getValue());
            }
        }
    }

    @Override
    public void validate(ObjectNode range, Violations violations) {
        List<ObjectNode> limits = Json.objects(range, "spec", "limits");
        Set<String> types = new HashSet<>();
        for (int i = 0; i < limits.size(); i++) {
            String path = "spec.limits[" + i + "]";
            String type = Json.text(limits.get(i), "type");
            type(type, path + ".type", violations);
            violations.addIf(!types.add(type), Violation.duplicate(path + ".type", Check.text(type)));
            limit(limits.get(i), type, path, violations);
        }
    }

    private static void type(String type, String path, Violations violations) {
        List<String> problems = NameRules.qualifiedName(type);
        Check.text(problems, path, type, violations);
        violations.addIf(
                problems.isEmpty() && !type.contains("/") && !TYPES.contains(type),
                Violation.invalid(path, type, "must be a standard limit type or fully qualified"));
    }

    private static void limit(ObjectNode limit, String type, String path, Violations violations) {
        Set<String> names = new TreeSet<>();
        for (String list : List.of("max", "min", "default", "defaultRequest", "maxLimitRequestRatio")) {
            if (list.equals("maxLimitRequestRatio") && type.equals("PersistentVolumeClaim")) {
                violations.addIf(
                        !limit.path("min").has("storage") && !limit.path("max").has("storage"),
                        Violation.required(
                                path + ".limits",
                                "either minimum or maximum storage value is required, but neither was provided"));
            }
            if (type.equals("Pod") && list.startsWith("default")) {
                violations.addIf(
                        !limit.path(list).isEmpty(),
                        Violation.forbidden(path + "." + list, "may not be specified when `type` is 'Pod'"));
                continue;
            }
            limit.path(list).fieldNames().forEachRemaining(name -> {
                String at = path + "." + list + "[" + name + "]";
                if (type.equals("Pod") || type.equals("Container")) {
                    ResourceNames.container(name, at, violations);
                } else {
                    ResourceNames.any(name, at, violations);
                }
                names.add(name);
            });
        }
        names.forEach(name -> new LimitRules(limit, name, path, violations).check());
    }
}
