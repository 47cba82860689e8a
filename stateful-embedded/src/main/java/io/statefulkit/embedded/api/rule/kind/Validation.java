package io.statefulkit.embedded.api.rule.kind;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Failures;
import io.statefulkit.embedded.api.ResourceCatalog;
import io.statefulkit.embedded.api.ResourceType;
import io.statefulkit.embedded.api.Violation;
import io.statefulkit.embedded.api.rule.MetadataRules;
import io.statefulkit.embedded.api.rule.Violations;
import io.statefulkit.embedded.json.Json;
import java.util.List;
import java.util.Set;

/** Refuses objects that are not valid. */
public final class Validation {

    /** The kinds whose updates are checked as new objects are, after what is checked of all updates. */
    private static final Set<ResourceType> LOOKED_AT_TWICE = Set.of(
            ResourceCatalog.PODS,
            ResourceCatalog.SERVICES,
            ResourceCatalog.CONFIG_MAPS,
            ResourceCatalog.SECRETS,
            ResourceCatalog.SERVICE_ACCOUNTS,
            ResourceCatalog.PERSISTENT_VOLUMES,
            ResourceCatalog.PERSISTENT_VOLUME_CLAIMS,
            ResourceCatalog.ENDPOINTS,
            ResourceCatalog.CONTROLLER_REVISIONS);

    private final Rules rules;

    public Validation(Rules rules) {
        this.rules = rules;
    }

    public void create(ResourceType type, ObjectNode object) {
        Violations violations = new Violations();
        String name = Json.text(object, "metadata", "name");
        String base = Json.text(object, "metadata", "generateName");
        // What is generated from it never ends with a dash.
        for (String problem :
                base.isEmpty() ? List.<String>of() : rules.of(type).nameProblems(withoutDash(base))) {
            violations.add(Violation.invalid("metadata.generateName", base, problem));
        }
        if (name.isEmpty()) {
            violations.add(Violation.required("metadata.name", "name or generateName is required"));
        } else {
            for (String problem : rules.of(type).nameProblems(name)) {
                violations.add(Violation.invalid("metadata.name", name, problem));
            }
        }
        MetadataRules.validate(object, violations);
        rules.of(type).validate(object, violations);
        refuse(type, name, violations);
    }

    private static String withoutDash(String base) {
        return base.length() > 1 && base.endsWith("-") ? base.substring(0, base.length() - 2) + "a" : base;
    }

    public void update(ResourceType type, String subresource, ObjectNode old, ObjectNode next) {
        Violations violations = new Violations();
        MetadataRules.validateUpdate(old, next, violations);
        if (subresource.isEmpty() || subresource.equals("scale")) {
            if (LOOKED_AT_TWICE.contains(type)) {
                MetadataRules.validate(next, violations);
            }
            rules.of(type).validateUpdate(old, next, violations);
        } else if (subresource.equals("status")) {
            rules.of(type).validateStatus(next, violations);
        }
        refuse(type, Json.text(next, "metadata", "name"), violations);
    }

    private static void refuse(ResourceType type, String name, Violations violations) {
        if (!violations.isEmpty()) {
            throw Failures.invalid(type, name, violations.found());
        }
    }
}
