package io.statefulkit.embedded.api.read;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.select.FieldSelector;
import io.statefulkit.embedded.api.select.LabelSelector;
import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Which objects of a list selectors match. The answer for a long list is kept while the list lives, for the store has the
 * same list until something changes: informers of many clients ask the same. Safe for use by many threads.
 */
final class Filtered {

    private static final int LONG = 512;
    private static final int KEPT = 8;

    private final Deque<Known> known = new ArrayDeque<>();

    private record Known(WeakReference<List<ObjectNode>> all, String question, List<ObjectNode> found) {}

    /**
     * Returns the objects that both selectors match.
     *
     * @param question the text of the selectors
     */
    List<ObjectNode> of(List<ObjectNode> all, LabelSelector labels, FieldSelector fields, String question) {
        if (all.size() < LONG) {
            return matching(all, labels, fields);
        }
        Optional<List<ObjectNode>> before = find(all, question);
        if (before.isPresent()) {
            return before.get();
        }
        List<ObjectNode> found = matching(all, labels, fields);
        keep(new Known(new WeakReference<>(all), question, found));
        return found;
    }

    private synchronized Optional<List<ObjectNode>> find(List<ObjectNode> all, String question) {
        known.removeIf(each -> each.all().refersTo(null));
        return known.stream()
                .filter(each -> each.all().refersTo(all) && each.question().equals(question))
                .map(Known::found)
                .findFirst();
    }

    private synchronized void keep(Known answer) {
        known.addFirst(answer);
        while (known.size() > KEPT) {
            known.removeLast();
        }
    }

    private static List<ObjectNode> matching(List<ObjectNode> all, LabelSelector labels, FieldSelector fields) {
        List<ObjectNode> found = new ArrayList<>(all.size());
        for (ObjectNode object : all) {
            if (labels.matches(object) && fields.matches(object)) {
                found.add(object);
            }
        }
        return List.copyOf(found);
    }
}
