package io.statefulkit.embedded.api.rule;

import io.statefulkit.embedded.api.Violation;
import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with one object. */
public final class Violations {

    private final List<Violation> found = new ArrayList<>();

    public void add(Violation violation) {
        found.add(violation);
    }

    public void addIf(boolean wrong, Violation violation) {
        if (wrong) {
            found.add(violation);
        }
    }

    public int count() {
        return found.size();
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    public List<Violation> found() {
        return List.copyOf(found);
    }
}
