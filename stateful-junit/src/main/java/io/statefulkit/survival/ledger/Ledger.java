package io.statefulkit.survival.ledger;

import io.statefulkit.survival.history.Element;
import io.statefulkit.survival.history.Elements;
import io.statefulkit.survival.history.Journal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The writers of a run and its reader. They write from {@link #start} until {@link #stop}, and record everything in the journal. */
public final class Ledger implements AutoCloseable {

    /** A read of all rows takes longer than the write of one. */
    private static final int READ_TIMEOUTS = 12;

    /** Connecting and acting each take one at most; the third is for a machine that is busy. */
    private static final int OPERATION_TIMEOUTS = 3;

    private final Store store;
    private final String run;
    private final Journal journal;
    private final LedgerOptions options;
    private final Payload payload;
    private final Watchdog watchdog;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final List<Thread> threads = new ArrayList<>();

    private Ledger(Store store, String run, Journal journal, LedgerOptions options) {
        this.store = store;
        this.run = run;
        this.journal = journal;
        this.options = options;
        this.payload = new Payload(options.seed(), options.minPayload(), options.maxPayload());
        this.watchdog = new Watchdog(options.timeout());
    }

    /** Starts the writers. The store is prepared already. */
    public static Ledger start(Store store, String run, Journal journal, LedgerOptions options) {
        Ledger ledger = new Ledger(store, run, journal, options);
        Tries tries = new Tries(options.rate(), System.nanoTime());
        for (int i = 0; i < options.connections(); i++) {
            Writer writer = new Writer(i, store, journal, options, ledger.watchdog, tries, ledger.stopped);
            Thread thread = Watchdog.daemon("writer-" + i).newThread(writer);
            ledger.threads.add(thread);
            thread.start();
        }
        return ledger;
    }

    /** The content that a row has to have. */
    public String contentOf(Element element) {
        return payload.of(element);
    }

    /**
     * Reads all rows over a new connection and records what it saw.
     *
     * @return the elements that were there
     * @throws StoreException when they cannot be read now; it is worth another try
     * @throws InterruptedException when the thread is interrupted
     */
    public Elements read() throws InterruptedException {
        long begun = journal.beginRead();
        try (Session session = watchdog.open(store)) {
            List<Row> rows = watchdog.guard(session, READ_TIMEOUTS, session::read);
            List<Element> present = new ArrayList<>();
            List<Element> damaged = new ArrayList<>();
            for (Row row : rows) {
                if (row.run().equals(run)) {
                    present.add(row.element());
                    if (!payload.digest(row.element()).equals(row.digest())) {
                        damaged.add(row.element());
                    }
                }
            }
            Elements seen = Elements.of(present);
            session.books().ifPresent(shown -> journal.showBooks(begun, shown));
            journal.endRead(begun, session.server(), seen, Elements.of(damaged), rows.size() - present.size());
            return seen;
        }
    }

    /**
     * Stops the writers and waits until each has ended its last operation, or was given up as hanging.
     *
     * @throws InterruptedException when the thread is interrupted
     */
    public void stop() throws InterruptedException {
        stopped.countDown();
        long end = System.nanoTime()
                + options.timeout().multipliedBy(OPERATION_TIMEOUTS).toNanos();
        for (Thread thread : threads) {
            thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
        }
    }

    /** Stops the writers without waiting. */
    @Override
    public void close() {
        stopped.countDown();
        threads.forEach(Thread::interrupt);
        watchdog.close();
    }
}
