package io.statefulkit.embedded.store;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** Writes down what a subscription delivers; can be made to wait at the first change. */
final class Recorder implements SubscriptionListener {

    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final CountDownLatch go;
    private volatile boolean waiting;

    Recorder() {
        this(new CountDownLatch(0));
    }

    Recorder(CountDownLatch go) {
        this.go = go;
    }

    List<String> seen() {
        return List.copyOf(seen);
    }

    boolean waiting() {
        return waiting;
    }

    @Override
    public void initial(Snapshot snapshot) {
        seen.add("initial " + snapshot.objects().size() + " at " + snapshot.revision());
    }

    @Override
    public void changed(Change change) {
        waiting = true;
        try {
            go.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        seen.add("change " + change.revision());
    }

    @Override
    public void lost(long oldest) {
        seen.add("lost " + oldest);
    }

    @Override
    public void progress(long revision) {
        seen.add("progress " + revision);
    }
}
