package io.statefulkit.embedded.api.quota;

import com.fasterxml.jackson.databind.JsonNode;
import io.statefulkit.embedded.api.value.Quantity;
import io.statefulkit.embedded.json.Json;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Compares what is asked for with one entry of a limit range. */
final class LimitCheck {

    private final JsonNode limit;
    private final JsonNode requests;
    private final JsonNode limits;

    LimitCheck(JsonNode limit, JsonNode requests, JsonNode limits) {
        this.limit = limit;
        this.requests = requests;
        this.limits = limits;
    }

    /** Looks at what has requests only. */
    LimitCheck(JsonNode limit, JsonNode requests) {
        this(limit, requests, Json.object());
    }

    void check(List<String> problems) {
        minimum(problems);
        for (Map.Entry<String, JsonNode> most : limit.path("max").properties()) {
            String name = most.getKey();
            String rule = rule("maximum", most);
            if (!limits.has(name)) {
                problems.add(rule + ".  No limit is specified");
            } else if (Quantity.compare(limits.path(name), most.getValue()) > 0) {
                problems.add(rule + ", but limit is " + limits.path(name).asText());
            } else if (requests.has(name) && Quantity.compare(requests.path(name), most.getValue()) > 0) {
                problems.add(rule + ", but request is " + requests.path(name).asText());
            }
        }
        limit.path("maxLimitRequestRatio").properties().forEach(most -> ratio(most, problems));
    }

    void ofRequests(List<String> problems) {
        minimum(problems);
        for (Map.Entry<String, JsonNode> most : limit.path("max").properties()) {
            JsonNode request = requests.path(most.getKey());
            if (request.isMissingNode()) {
                problems.add(rule("maximum", most) + ".  No request is specified");
            } else if (Quantity.compare(request, most.getValue()) > 0) {
                problems.add(rule("maximum", most) + ", but request is " + request.asText());
            }
        }
    }

    private void minimum(List<String> problems) {
        for (Map.Entry<String, JsonNode> least : limit.path("min").properties()) {
            String name = least.getKey();
            String rule = rule("minimum", least);
            if (!requests.has(name)) {
                problems.add(rule + ".  No request is specified");
            } else if (Quantity.compare(requests.path(name), least.getValue()) < 0) {
                problems.add(rule + ", but request is " + requests.path(name).asText());
            } else if (limits.has(name) && Quantity.compare(limits.path(name), least.getValue()) < 0) {
                problems.add(rule + ", but limit is " + limits.path(name).asText());
            }
        }
    }

    private String rule(String what, Map.Entry<String, JsonNode> amount) {
        return what + " " + amount.getKey() + " usage per " + Json.text(limit, "type") + " is "
                + amount.getValue().asText();
    }

    private void ratio(Map.Entry<String, JsonNode> most, List<String> problems) {
        String rule = most.getKey() + " max limit to request ratio per " + Json.text(limit, "type") + " is "
                + most.getValue().asText();
        BigDecimal request = amount(requests.path(most.getKey()));
        BigDecimal wanted = amount(limits.path(most.getKey()));
        if (request.signum() == 0) {
            problems.add(rule + ", but no request is specified or request is 0");
        } else if (wanted.signum() == 0) {
            problems.add(rule + ", but no limit is specified or limit is 0");
        } else {
            BigDecimal ratio = wanted.divide(request, MathContext.DECIMAL64);
            if (ratio.compareTo(amount(most.getValue())) > 0) {
                problems.add(rule + String.format(Locale.ROOT, ", but provided ratio is %f", ratio));
            }
        }
    }

    private static BigDecimal amount(JsonNode value) {
        return Quantity.parse(value).orElse(BigDecimal.ZERO);
    }
}
