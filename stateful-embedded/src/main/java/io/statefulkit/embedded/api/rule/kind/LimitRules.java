package io.statefulkit.embedded.api.rule.kind;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Violation;
import io.statefulkit.embedded.api.rule.ResourceNames;
import io.statefulkit.embedded.api.rule.Violations;
import io.statefulkit.embedded.api.value.Quantity;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** What a limit range says of one resource must not contradict itself. */
final class LimitRules {

    private static final String RATIO = "maxLimitRequestRatio";

    private final ObjectNode limit;
    private final String name;
    private final String path;
    private final Violations violations;

    LimitRules(ObjectNode limit, String name, String path, Violations violations) {
        this.limit = limit;
        this.name = name;
        this.path = path;
        this.violations = violations;
    }

    void check() {
        ordered("min", "max", "min", "min value %s is greater than max value %s");
        ordered("min", "defaultRequest", "defaultRequest", "min value %s is greater than default request value %s");
        ordered("defaultRequest", "max", "defaultRequest", "default request value %s is greater than max value %s");
        ordered(
                "defaultRequest",
                "default",
                "defaultRequest",
                "default request value %s is greater than default limit value %s");
        ordered("min", "default", "default", "min value %s is greater than default value %s");
        ordered("default", "max", "default", "default value %s is greater than max value %s");
        ratio();
        boolean same = Quantity.same(of("default"), of("defaultRequest"));
        violations.addIf(
                !ResourceNames.overcommitted(name) && has("default") && has("defaultRequest") && !same,
                Violation.invalid(
                        at("defaultRequest"),
                        of("defaultRequest"),
                        "default value " + of("default").asText() + " must equal to defaultRequest value "
                                + of("defaultRequest").asText() + " in " + name));
    }

    private void ordered(String less, String more, String list, String message) {
        if (!has(less) || !has(more) || Quantity.compare(of(less), of(more)) <= 0) {
            return;
        }
        // Of a default, the API server shows the value that it contradicts.
        JsonNode shown = list.equals("default") ? of(less.equals("default") ? more : less) : of(list);
        violations.add(Violation.invalid(
                at(list), shown, String.format(Locale.ROOT, message, of(less).asText(), of(more).asText())));
    }

    private void ratio() {
        if (!has(RATIO)) {
            return;
        }
        BigDecimal ratio = amount(RATIO);
        String text = of(RATIO).asText();
        violations.addIf(
                ratio.compareTo(BigDecimal.ONE) < 0,
                Violation.invalid(at(RATIO), of(RATIO), "ratio " + text + " is less than 1"));
        if (!has("min") || !has("max") || amount("min").signum() == 0) {
            return;
        }
        BigDecimal most = amount("max").divide(amount("min"), MathContext.DECIMAL64);
        violations.addIf(
                ratio.compareTo(most) > 0,
                Violation.invalid(
                        at(RATIO),
                        of(RATIO),
                        String.format(Locale.ROOT, "ratio %s is greater than max/min = %f", text, most)));
    }

    private String at(String list) {
        return path + "." + list + "[" + name + "]";
    }

    private boolean has(String list) {
        return limit.path(list).has(name);
    }

    private JsonNode of(String list) {
        return limit.path(list).path(name);
    }

    private BigDecimal amount(String list) {
        return Quantity.parse(of(list)).orElse(BigDecimal.ZERO);
    }
}
