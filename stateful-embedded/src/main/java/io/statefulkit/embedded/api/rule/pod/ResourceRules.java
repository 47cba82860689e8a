package io.statefulkit.embedded.api.rule.pod;

import com.fasterxml.jackson.databind.JsonNode;
import io.statefulkit.embedded.api.Violation;
import io.statefulkit.embedded.api.rule.ResourceNames;
import io.statefulkit.embedded.api.rule.Violations;
import io.statefulkit.embedded.api.value.Quantity;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** What makes the amounts that a container asks for valid. */
final class ResourceRules {

    private ResourceRules() {}

    static void validate(JsonNode resources, String path, Violations violations) {
        JsonNode limits = resources.path("limits");
        for (Map.Entry<String, JsonNode> limit : limits.properties()) {
            amount(limit, path + ".limits", violations);
        }
        for (Map.Entry<String, JsonNode> request : resources.path("requests").properties()) {
            amount(request, path + ".requests", violations);
            JsonNode limit = limits.path(request.getKey());
            boolean shared = ResourceNames.overcommitted(request.getKey());
            if (limit.isMissingNode()) {
                violations.addIf(
                        !shared,
                        Violation.required(path + ".limits", "Limit must be set for non overcommitable resources"));
                continue;
            }
            int compared = Quantity.compare(request.getValue(), limit);
            String of = request.getKey() + " limit of " + limit.asText();
            if (!shared && compared != 0) {
                violations.add(
                        Violation.invalid(path + ".requests", request.getValue().asText(), "must be equal to " + of));
            } else if (compared > 0) {
                violations.add(Violation.invalid(
                        path + ".requests", request.getValue().asText(), "must be less than or equal to " + of));
            }
        }
        hugePages(resources, path, violations);
    }

    private static void amount(Map.Entry<String, JsonNode> amount, String path, Violations violations) {
        String at = path + "[" + amount.getKey() + "]";
        ResourceNames.container(amount.getKey(), at, violations);
        ResourceNames.amount(amount.getKey(), amount.getValue(), at, violations);
        boolean pages = amount.getKey().startsWith("hugepages-");
        violations.addIf(
                pages
                        && Quantity.parse(amount.getValue())
                                        .orElse(BigDecimal.ZERO)
                                        .signum()
                                == 0,
                Violation.invalid(
                        at,
                        amount.getValue().asText(),
                        amount.getValue().asText() + " is not positive integer multiple of " + amount.getKey()));
    }

    private static void hugePages(JsonNode resources, String path, Violations violations) {
        boolean pages = false;
        boolean usual = false;
        for (String list : List.of("limits", "requests")) {
            for (Map.Entry<String, JsonNode> amount : resources.path(list).properties()) {
                pages |= amount.getKey().startsWith("hugepages-");
                usual |= amount.getKey().equals("cpu") || amount.getKey().equals("memory");
            }
        }
        violations.addIf(pages && !usual, Violation.forbidden(path, "HugePages require cpu or memory"));
    }
}
