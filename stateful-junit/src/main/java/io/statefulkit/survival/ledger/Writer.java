package io.statefulkit.survival.ledger;

import io.statefulkit.survival.history.Element;
import io.statefulkit.survival.history.Event.Action;
import io.statefulkit.survival.history.Journal;
import io.statefulkit.survival.history.Outcome;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One writer: one operation at a time, never the same one twice, through every outage until it is stopped. */
final class Writer implements Runnable {

    private final int number;
    private final Store store;
    private final Journal journal;
    private final LedgerOptions options;
    private final Watchdog watchdog;
    private final Tries tries;
    private final CountDownLatch stopped;
    private final Payload payload;
    private final SplittableRandom random;
    private final Deque<Element> deletable = new ArrayDeque<>();
    private @Nullable Session session;
    private int seq;

    Writer(
            int number,
            Store store,
            Journal journal,
            LedgerOptions options,
            Watchdog watchdog,
            Tries tries,
            CountDownLatch stopped) {
        this.number = number;
        this.store = store;
        this.journal = journal;
        this.options = options;
        this.watchdog = watchdog;
        this.tries = tries;
        this.stopped = stopped;
        this.payload = new Payload(options.seed(), options.minPayload(), options.maxPayload());
        this.random = new SplittableRandom(options.seed() + number);
    }

    @Override
    public void run() {
        long period = Math.max(1, (long) (options.connections() * 1e9 / options.rate()));
        // Writers take turns, and keep theirs after an outage, which otherwise lets all of them write at once from then
        // on: the beginning of the
        // next outage would be seen only as exactly as all of them pause.
        long first = System.nanoTime() + period * number / options.connections();
        long turn = 0;
        long next = first;
        try {
            while (!stopped.await(next - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                boolean acknowledged = operate();
                long now = System.nanoTime();
                if (acknowledged) {
                    // What it could not write meanwhile is not made up for.
                    turn = Math.max(turn + 1, (now - first) / period);
                    next = first + turn * period;
                } else {
                    next = tries.next(now);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            closeSession();
        }
    }

    private boolean operate() throws InterruptedException {
        if (!deletable.isEmpty() && random.nextDouble() < options.deletes()) {
            Element element = deletable.removeFirst();
            return operate(Action.DELETE, element, open -> open.delete(element));
        }
        Element element = new Element(number, ++seq);
        String content = payload.of(element);
        boolean acknowledged = operate(Action.WRITE, element, open -> open.write(element, content));
        if (acknowledged && options.deletes() > 0) {
            deletable.addLast(element);
        }
        return acknowledged;
    }

    private boolean operate(Action action, Element element, Operation operation) throws InterruptedException {
        long begun = journal.begin(action, element);
        Session open;
        try {
            open = session();
        } catch (StoreException e) {
            journal.end(begun, Outcome.FAIL, "", Reply.refused(e).note());
            return false;
        }
        Reply reply;
        try {
            reply = watchdog.guard(open, 1, () -> operation.on(open));
        } catch (RuntimeException e) {
            reply = Reply.unknown(e);
        }
        journal.end(begun, reply.outcome(), open.server(), reply.note());
        if (reply.outcome() != Outcome.OK) {
            closeSession();
        }
        return reply.outcome() == Outcome.OK;
    }

    private Session session() throws InterruptedException {
        Session open = session;
        if (open == null) {
            open = watchdog.open(store);
            session = open;
        }
        return open;
    }

    private void closeSession() {
        Session open = session;
        session = null;
        if (open != null) {
            open.close();
        }
    }

    @FunctionalInterface
    private interface Operation {
        Reply on(Session session);
    }
}
