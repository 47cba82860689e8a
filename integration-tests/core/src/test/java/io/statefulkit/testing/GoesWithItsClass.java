package io.statefulkit.testing;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * What a class has deployed on a cluster that goes on, goes when its tests are over: until the JVM ends, its pods would take the room of those
 * of other classes. Nothing happens where no such cluster has been used.
 */
public final class GoesWithItsClass implements AfterAllCallback {

    private static final AtomicReference<Runnable> DELETION = new AtomicReference<>(() -> {});

    /** Made by JUnit. */
    public GoesWithItsClass() {}

    /** Says how all is deleted that was deployed until then. */
    static void by(Runnable deletion) {
        DELETION.set(deletion);
    }

    /** The classes of a JVM come one after another; one within another shares its namespace. */
    @Override
    public void afterAll(ExtensionContext context) {
        if (context.getParent().flatMap(ExtensionContext::getParent).isEmpty()) {
            Objects.requireNonNull(DELETION.get()).run();
        }
    }
}
