package io.statefulkit.embedded.api.rule.kind;

import io.statefulkit.embedded.api.rule.KindRules;
import io.statefulkit.embedded.api.value.NameRules;
import java.util.List;

/** Roles and what binds them, of a namespace and of the cluster: their names may have colons, as those of the system do. */
final class RoleRules implements KindRules {

    @Override
    public List<String> nameProblems(String name) {
        return NameRules.pathSegment(name);
    }
}
