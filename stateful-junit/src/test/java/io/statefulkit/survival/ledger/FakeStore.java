package io.statefulkit.survival.ledger;

import io.statefulkit.survival.history.Element;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** A database in memory that can refuse connections, lose answers and hang. */
final class FakeStore implements Store {

    /** What it does. */
    enum Mood {
        WORKING,
        REFUSING,
        LOSING_ANSWERS,
        HANGING
    }

    private final ConcurrentLinkedQueue<Row> rows = new ConcurrentLinkedQueue<>();
    private final AtomicReference<Mood> mood = new AtomicReference<>(Mood.WORKING);
    private final AtomicInteger aborted = new AtomicInteger();
    private final AtomicInteger opened = new AtomicInteger();
    private final Payload payload;
    private final String run;
    private volatile String identity = "fake";

    FakeStore(Payload payload) {
        this(payload, "run");
    }

    FakeStore(Payload payload, String run) {
        this.payload = payload;
        this.run = run;
    }

    void be(Mood other) {
        mood.set(other);
    }

    /** From here on it says that it is another database. */
    void become(String other) {
        identity = other;
    }

    int aborted() {
        return aborted.get();
    }

    int opened() {
        return opened.get();
    }

    @Override
    public String name() {
        return "fake";
    }

    @Override
    public List<Hazard> prepare() {
        return List.of();
    }

    @Override
    public String identity() {
        return identity;
    }

    @Override
    public void drop() {
        rows.clear();
    }

    @Override
    public Session open() {
        if (mood.get() == Mood.REFUSING) {
            throw new StoreException("cannot connect", new SQLException("connection refused"));
        }
        opened.incrementAndGet();
        return new FakeSession();
    }

    private final class FakeSession implements Session {

        private final CountDownLatch broken = new CountDownLatch(1);

        @Override
        public String server() {
            return "A";
        }

        @Override
        public Reply write(Element element, String content) {
            if (mood.get() == Mood.HANGING) {
                awaitBroken();
                return Reply.unknown(new SQLException("connection aborted"));
            }
            rows.add(new Row(run, element, payload.digest(element)));
            return mood.get() == Mood.LOSING_ANSWERS
                    ? Reply.unknown(new SQLException("connection reset"))
                    : Reply.acknowledged();
        }

        private void awaitBroken() {
            try {
                broken.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public Reply delete(Element element) {
            rows.removeIf(row -> row.element().equals(element));
            return Reply.acknowledged();
        }

        @Override
        public List<Row> read() {
            return new ArrayList<>(rows);
        }

        @Override
        public void abort() {
            aborted.incrementAndGet();
            broken.countDown();
        }

        @Override
        public void close() {
            broken.countDown();
        }
    }
}
