package io.statefulkit.embedded.api.event;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Keeps a component from telling too much: what it tells about one object in ever other words is combined, and beyond a
 * budget for each object it is silent. Not safe for many threads.
 */
final class EventLimits {

    private static final int SIMILAR = 10;
    private static final Duration SIMILAR_WITHIN = Duration.ofMinutes(10);
    private static final int BURST = 25;
    private static final Duration REFILL = Duration.ofMinutes(5);

    private record Topic(String uid, String type, String reason) {}

    private record Told(Set<String> messages, Instant last) {}

    private record Budget(double left, Instant since) {}

    private final Map<Topic, Told> told = new Recent<>();
    private final Map<String, Budget> budgets = new Recent<>();

    /** Returns whether a message is one too many of its kind, and is to be combined with the others. */
    boolean combines(String uid, String type, String reason, String message, Instant now) {
        Topic topic = new Topic(uid, type, reason);
        Told before = told.getOrDefault(topic, new Told(new HashSet<>(), now));
        boolean stale = before.last().plus(SIMILAR_WITHIN).isBefore(now);
        Set<String> messages = stale ? new HashSet<>() : before.messages();
        boolean many = !messages.contains(message) && messages.size() >= SIMILAR - 1;
        if (!many) {
            messages.add(message);
        }
        told.put(topic, new Told(messages, now));
        return many;
    }

    /** Takes one from the budget of an object; returns whether there was one. */
    boolean allows(String uid, Instant now) {
        Budget before = budgets.getOrDefault(uid, new Budget(BURST, now));
        double refilled = (double) Duration.between(before.since(), now).toMillis() / REFILL.toMillis();
        double left = Math.min(BURST, before.left() + refilled);
        boolean allowed = left >= 1;
        budgets.put(uid, new Budget(allowed ? left - 1 : left, now));
        return allowed;
    }
}
