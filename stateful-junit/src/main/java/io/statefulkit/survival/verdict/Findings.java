package io.statefulkit.survival.verdict;

import io.statefulkit.survival.history.Elements;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * What became of every element of a history.
 *
 * @param classes the elements of each class; a class without elements may be missing
 * @param holes those lost elements after which the same server acknowledged another that is still there: the loss is not a
 *     cut-off end, but a gap
 * @param foreign rows of another run, in the read that showed most of them
 */
public record Findings(Map<ElementClass, Elements> classes, Elements holes, int foreign) {

    /** Copies the map. */
    public Findings {
        EnumMap<ElementClass, Elements> copy = new EnumMap<>(ElementClass.class);
        copy.putAll(classes);
        classes = Collections.unmodifiableMap(copy);
    }

    /** The elements of a class. */
    public Elements of(ElementClass elementClass) {
        return classes.getOrDefault(elementClass, Elements.none());
    }

    /** How many elements are in a class. */
    public int count(ElementClass elementClass) {
        return of(elementClass).size();
    }

    /** Whether any element is in a class that must be empty. */
    public boolean isViolated() {
        return classes.entrySet().stream()
                .anyMatch(entry ->
                        entry.getKey().isViolation() && !entry.getValue().isEmpty());
    }
}
