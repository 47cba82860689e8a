package io.statefulkit.embedded.node;

import java.time.Duration;
import java.time.Instant;

/**
 * Images that cannot be had. A kubelet looks at such a pod again and again, each time writes what came of the look before,
 * and tries again only when the back-off is over: so {@code ErrImagePull} and {@code ImagePullBackOff} take turns. Used by
 * the worker's serial executor only.
 */
final class ImagePulls {

    private static final Duration FIRST_LOOK = Duration.ofMillis(100);

    private final PodState state;
    private final Runnable sync;

    ImagePulls(PodState state, Runnable sync) {
        this.state = state;
        this.sync = sync;
    }

    /** Whatever is known of the image, it cannot be had now. */
    void failed(PodContainer container, String why) {
        Instant now = state.services.now();
        if (now.isBefore(container.pullAgain)) {
            backsOff(container, why);
        } else {
            tried(container, why, now);
        }
    }

    /** Nobody asks for the image at all. */
    void refused(PodContainer container, String event, String reason, String message) {
        boolean first = container.pullAgain.equals(Instant.MIN);
        container.pullAgain = state.services.now();
        event(container, false, event, message);
        event(container, false, "Failed", "Error: " + reason);
        lookAgain(container, first ? FIRST_LOOK : look(), reason, message);
    }

    private void tried(PodContainer container, String why, Instant now) {
        String image = container.spec().getImage();
        boolean first = container.pullAgain.equals(Instant.MIN);
        event(container, true, "Pulling", "Pulling image \"" + image + "\"");
        event(container, false, "Failed", "Failed to pull image \"" + image + "\": " + why);
        event(container, false, "Failed", "Error: ErrImagePull");
        container.pullAgain = now.plus(container.pulls.next());
        container.pulls = container.pulls.afterEnd(now, now);
        lookAgain(container, first ? FIRST_LOOK : look(), "ErrImagePull", why);
    }

    private void backsOff(PodContainer container, String why) {
        String text = "Back-off pulling image \"" + container.spec().getImage() + "\"";
        event(container, true, "BackOff", text);
        event(container, false, "Failed", "Error: ImagePullBackOff");
        lookAgain(container, look(), "ImagePullBackOff", text + ": ErrImagePull: " + why);
    }

    /** A kubelet looks again after its back-off period, with some random time on top. */
    private Duration look() {
        Duration base = state.services.options().backoffBase();
        return base.plus(base.dividedBy(8));
    }

    private void lookAgain(PodContainer container, Duration wait, String reason, String message) {
        Instant when = state.services.now().plus(wait);
        String image = container.spec().getImage();
        container.record = container.record.notBefore(when);
        state.later(wait, () -> {
            boolean same = container.record.notBefore().equals(when)
                    && container.spec().getImage().equals(image);
            if (same && !state.terminating && !state.finished && !container.record.running()) {
                container.record = container.record.waiting(reason, message).notBefore(Instant.MIN);
                state.write();
                sync.run();
            }
        });
    }

    private void event(PodContainer container, boolean normal, String reason, String message) {
        if (normal) {
            state.normal(container, reason, message);
        } else {
            state.warning(container, reason, message);
        }
    }
}
