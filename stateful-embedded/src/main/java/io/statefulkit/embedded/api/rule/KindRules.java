package io.statefulkit.embedded.api.rule;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.value.NameRules;
import java.util.List;

/** What is special about one kind: its defaults and what makes it valid. Implementations hold no state. */
public interface KindRules {

    /** Sets what the client left out. */
    default void defaults(ObjectNode object) {}

    /** Changes a new object before it is validated; its status is empty already. */
    default void prepareCreate(ObjectNode object) {}

    /** Carries over what an update of the object itself cannot change. */
    default void prepareUpdate(ObjectNode old, ObjectNode next) {}

    /** Finds what is wrong with an object. */
    default void validate(ObjectNode object, Violations violations) {}

    /** Finds what is wrong with an object that replaces another one. */
    default void validateUpdate(ObjectNode old, ObjectNode next, Violations violations) {
        validate(next, violations);
    }

    /** Finds what is wrong with the status of an object. */
    default void validateStatus(ObjectNode object, Violations violations) {}

    /** Finds what is wrong with the name of a new object. */
    default List<String> nameProblems(String name) {
        return NameRules.subdomain(name);
    }
}
