package io.statefulkit.embedded.api;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with one object. */
final class Violations {

    private final List<Violation> found = new ArrayList<>();

    void add(Violation violation) {
        found.add(violation);
    }

    void addIf(boolean wrong, Violation violation) {
        if (wrong) {
            found.add(violation);
        }
    }

    int count() {
        return found.size();
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    List<Violation> found() {
        return List.copyOf(found);
    }
}
