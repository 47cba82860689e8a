package io.statefulkit.embedded.api.rule.kind;

import com.fasterxml.jackson.databind.JsonNode;
import io.statefulkit.embedded.api.Violation;
import io.statefulkit.embedded.api.rule.Violations;
import io.statefulkit.embedded.json.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What makes the addresses of a service valid. */
final class ServiceAddressRules {

    private static final String PATH = "spec.clusterIPs";
    private static final Pattern ADDRESS =
            Pattern.compile("((25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(\\.(?!$)|$)){4}|[0-9a-fA-F:]*:[0-9a-fA-F:.]*");
    private static final List<String> FAMILIES = List.of("IPv4", "IPv6");
    private static final List<String> POLICIES = List.of("PreferDualStack", "RequireDualStack", "SingleStack");

    private ServiceAddressRules() {}

    static void validate(JsonNode spec, Violations violations) {
        String one = Json.text(spec, "clusterIP");
        JsonNode all = spec.path("clusterIPs");
        if (!one.isEmpty()) {
            violations.addIf(all.isEmpty(), Violation.required(PATH, ""));
            violations.addIf(
                    !all.isEmpty() && !all.path(0).asText().equals(one),
                    Violation.invalid(PATH, all, "first value must match `clusterIP`"));
        } else {
            violations.addIf(
                    !all.isEmpty(), Violation.invalid(PATH, all, "must be empty when `clusterIP` is not specified"));
        }
        families(spec.path("ipFamilies"), violations);
        String policy = Json.text(spec, "ipFamilyPolicy");
        violations.addIf(
                !policy.isEmpty() && !POLICIES.contains(policy),
                Violation.unsupported("spec.ipFamilyPolicy", policy, POLICIES));
        each(all, violations);
    }

    private static void families(JsonNode families, Violations violations) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < families.size(); i++) {
            String family = families.path(i).asText();
            String path = "spec.ipFamilies[" + i + "]";
            violations.addIf(!FAMILIES.contains(family), Violation.unsupported(path, family, FAMILIES));
            violations.addIf(!seen.add(family), Violation.duplicate(path, families.path(i)));
        }
    }

    private static void each(JsonNode all, Violations violations) {
        boolean good = true;
        for (int i = 0; i < all.size(); i++) {
            String address = all.path(i).asText();
            if (i == 0 && address.equals("None")) {
                good &= all.size() == 1;
                violations.addIf(
                        all.size() > 1, Violation.invalid(PATH, all, "'None' must be the first and only value"));
            } else if (!ADDRESS.matcher(address).matches()) {
                good = false;
                violations.add(Violation.invalid(
                        PATH + "[" + i + "]",
                        address,
                        "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)"));
            }
        }
        violations.addIf(all.size() > 2, Violation.invalid(PATH, all, "may only hold up to 2 values"));
        long kinds = Json.texts(all).stream()
                .map(address -> address.contains(":"))
                .distinct()
                .count();
        violations.addIf(
                good && all.size() > 1 && kinds < 2,
                Violation.invalid(PATH, all, "may specify no more than one IP for each IP family"));
    }

    /** A service keeps the addresses that it has, unless it had or will have none of its own. */
    static void kept(JsonNode before, JsonNode after, Violations violations) {
        if (Json.text(before, "type").equals("ExternalName")
                || Json.text(after, "type").equals("ExternalName")
                || (ServiceRules.headless(before) && ServiceRules.headless(after))) {
            return;
        }
        JsonNode old = before.path("clusterIPs");
        JsonNode next = after.path("clusterIPs");
        if (old.size() > next.size() && next.isEmpty()) {
            violations.add(Violation.invalid(PATH + "[0]", next, "primary clusterIP can not be unset"));
        }
        int compared = old.size() == next.size() ? old.size() : Math.min(1, Math.min(old.size(), next.size()));
        for (int i = 0; i < compared; i++) {
            violations.addIf(
                    !Json.same(old.path(i), next.path(i)),
                    Violation.invalid(PATH + "[" + i + "]", next, "may not change once set"));
        }
        families(before, after, violations);
    }

    private static void families(JsonNode before, JsonNode after, Violations violations) {
        JsonNode old = before.path("ipFamilies");
        JsonNode next = after.path("ipFamilies");
        if (ServiceRules.headless(before) || ServiceRules.headless(after) || old.isEmpty() || next.isEmpty()) {
            return;
        }
        violations.addIf(
                !Json.same(old.path(0), next.path(0)),
                Violation.invalid("spec.ipFamilies[0]", next, "may not change once set"));
    }
}
