package io.statefulkit.handle.change;

import io.statefulkit.lint.Rule;
import io.statefulkit.spec.StatefulSpec;
import java.util.EnumMap;
import java.util.Map;

/** The rules that a deployment does not look at. */
final class AllowedRules {

    private AllowedRules() {}

    /** Returns those that the author of the spec allows, and those that an operation takes care of itself. */
    static Map<Rule, String> of(StatefulSpec spec, Map<Rule, String> byOperation) {
        Map<Rule, String> allowed = new EnumMap<>(Rule.class);
        allowed.putAll(spec.settings().extras().allowed());
        allowed.putAll(byOperation);
        return allowed;
    }
}
