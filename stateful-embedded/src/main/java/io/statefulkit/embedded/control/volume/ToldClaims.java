package io.statefulkit.embedded.control.volume;

import io.statefulkit.embedded.control.loop.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which claims were told what they wait for, and when: each is told when it changes, when its class does, and every now and
 * then; not whenever something happens to another one. Safe for many threads.
 */
final class ToldClaims {

    /** How long a claim that waits is told nothing new. */
    static final Duration AGAIN = Duration.ofSeconds(15);

    /** An alarm for {@link #AGAIN} may ring a moment before that has passed since the claim was told. */
    private static final Duration EARLY = Duration.ofSeconds(1);

    private final Map<String, Told> told = new ConcurrentHashMap<>();

    private record Told(String about, Instant at) {}

    /** Returns whether the claim was never told anything. */
    boolean first(Resource claim) {
        return !told.containsKey(claim.uid());
    }

    /** Returns whether the claim is to be told now, and takes note of that. */
    boolean due(Resource claim, Optional<Resource> storageClass, Instant now) {
        String about = claim.annotation(Claims.SELECTED_NODE)
                + claim.spec()
                + storageClass.map(Resource::resourceVersion).orElse("");
        Told before = told.get(claim.uid());
        if (before != null
                && before.about().equals(about)
                && now.isBefore(before.at().plus(AGAIN).minus(EARLY))) {
            return false;
        }
        told.put(claim.uid(), new Told(about, now));
        return true;
    }

    void forget(Resource claim) {
        told.remove(claim.uid());
    }
}
