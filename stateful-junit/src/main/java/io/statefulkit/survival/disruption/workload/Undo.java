package io.statefulkit.survival.disruption.workload;

import io.statefulkit.internal.NotApi;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has to be taken back whatever happens: when this is closed, or when the JVM ends before that, such as by Ctrl+C. Only a JVM that is killed
 * leaves it. It is done once.
 */
@NotApi
public final class Undo implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Undo.class);

    private final String what;
    private final Runnable action;
    private final Thread hook;
    private final AtomicBoolean over = new AtomicBoolean();

    private Undo(String what, Runnable action) {
        this.what = what;
        this.action = action;
        this.hook = new Thread(this::atTheEnd, "statefulkit-undo");
    }

    /** To be called before what it undoes: a half-done change has to be taken back as well. */
    static Undo of(String what, Runnable action) {
        Undo undo = new Undo(what, action);
        Runtime.getRuntime().addShutdownHook(undo.hook);
        return undo;
    }

    /** Acts, and returns what undoes it later; when that fails half-way, it is undone at once. */
    static Undo of(String what, Runnable action, Runnable act) {
        Undo undo = of(what, action);
        try {
            act.run();
            return undo;
        } catch (RuntimeException | Error e) {
            undo.closeAfter(e);
            throw e;
        }
    }

    /** Acts, and undoes it afterwards. */
    public static void around(String what, Runnable action, Runnable act) {
        try (Undo undo = of(what, action)) {
            LOG.debug("until it is over, there is something to do: {}", undo.what);
            act.run();
        }
    }

    /** Acts, and undoes it when that fails half-way. */
    public static void ifItFails(String what, Runnable action, Runnable act) {
        try (Undo undo = of(what, action)) {
            act.run();
            undo.forget();
        }
    }

    /** What went wrong first is what counts: it may well be why this goes wrong too. */
    private void closeAfter(Throwable failure) {
        try {
            close();
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    private void atTheEnd() {
        if (over.compareAndSet(false, true)) {
            LOG.warn("the JVM ends in the middle of a disruption; undoing it: {}", what);
            action.run();
        }
    }

    /** It is as it shall be: nothing is taken back. */
    private void forget() {
        if (over.compareAndSet(false, true)) {
            leave();
        }
    }

    @Override
    public void close() {
        if (over.compareAndSet(false, true)) {
            leave();
            action.run();
        }
    }

    private void leave() {
        try {
            boolean unused = Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            LOG.debug("the JVM is ending", e);
        }
    }
}
