package io.statefulkit.deploy.watch;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventSeries;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The events that were there when a watch began. They are recognised by what they said of themselves then, so that no two clocks are
 * compared. Safe for use by many threads.
 */
final class PastEvents {

    private final Set<String> told = ConcurrentHashMap.newKeySet();

    /** Lets none of these count until it happens again. */
    void add(List<Event> events) {
        events.forEach(event -> told.add(happening(event)));
    }

    /** Lets all events count. */
    void clear() {
        told.clear();
    }

    boolean contains(Event event) {
        return told.contains(happening(event));
    }

    /**
     * What happens again is counted by the event that is there already. Its version does not tell, since it changes with a label,
     * too.
     */
    private static String happening(Event event) {
        EventSeries series = event.getSeries();
        String once = event.getMetadata().getUid() + "/" + event.getCount() + "/" + event.getLastTimestamp();
        return series == null ? once : once + "/" + series.getCount() + "/" + series.getLastObservedTime();
    }
}
