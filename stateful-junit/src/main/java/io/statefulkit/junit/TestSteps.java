package io.statefulkit.junit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;

/**
 * What a test does, in its own words, and what it must close. It is injected like the cluster; a parameter of a test belongs to that
 * test. When the test fails, its steps and the events of the cluster are written in one order of time. Thread-safe.
 *
 * <pre>{@code
 * @Test
 * void orders_survive(StatefulKit kit, TestSteps steps) {
 *     PostgresHandle db = kit.deploy(ORDERS);
 *     Forward forward = steps.closing(db.forwardJdbc());
 *     steps.note("100 orders are written");
 * }
 * }</pre>
 */
public final class TestSteps implements CloseableResource, AutoCloseable {

    private final StepLog log;
    private final Deque<AutoCloseable> resources = new ArrayDeque<>();

    TestSteps(StepLog log) {
        this.log = log;
    }

    /** Notes that this happens now. */
    public void note(String step) {
        log.add(step);
    }

    /** Closes this when the test ends: before its namespace is deleted, and what was opened later before what was opened earlier. */
    public <T extends AutoCloseable> T closing(T resource) {
        synchronized (resources) {
            resources.push(resource);
        }
        return resource;
    }

    /**
     * Closes what is left, each of it whatever becomes of the others. Called by JUnit, which adds what goes wrong to the failure of the
     * test if there is one.
     *
     * @throws RuntimeException the first that went wrong, with the others
     */
    @Override
    public void close() {
        List<RuntimeException> failures = new ArrayList<>();
        for (AutoCloseable next = next(); next != null; next = next()) {
            try {
                next.close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                failures.add(new IllegalStateException("interrupted while it closed " + next, e));
            } catch (RuntimeException e) {
                failures.add(e);
            } catch (Exception e) {
                failures.add(new IllegalStateException(next + " did not close: " + e.getMessage(), e));
            }
        }
        if (!failures.isEmpty()) {
            RuntimeException first = failures.remove(0);
            failures.forEach(first::addSuppressed);
            throw first;
        }
    }

    private @Nullable AutoCloseable next() {
        synchronized (resources) {
            return resources.poll();
        }
    }
}
