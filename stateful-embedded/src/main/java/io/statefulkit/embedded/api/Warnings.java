package io.statefulkit.embedded.api;

import java.util.ArrayList;
import java.util.List;

/** The warnings that go back with an answer: collected for each thread between {@link #begin()} and {@link #drain()}. */
public final class Warnings {

    private static final ThreadLocal<List<String>> COLLECTED = ThreadLocal.withInitial(ArrayList::new);

    private Warnings() {}

    /** Forgets what an earlier request on this thread left. */
    public static void begin() {
        COLLECTED.get().clear();
    }

    /** Adds a warning to the answer of this thread's request. */
    public static void add(String text) {
        COLLECTED.get().add(text);
    }

    /** Returns the warnings of this thread's request and forgets them. */
    public static List<String> drain() {
        List<String> warnings = List.copyOf(COLLECTED.get());
        COLLECTED.get().clear();
        return warnings;
    }
}
