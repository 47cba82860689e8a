package io.statefulkit.survival.ledger;

import io.statefulkit.survival.history.Books;
import io.statefulkit.survival.history.Element;
import java.util.List;
import java.util.Optional;

/** One connection to the database, used by one thread. After any reply but an acknowledgement it is closed and never used again. */
public interface Session extends AutoCloseable {

    /** What tells this incarnation of the server from the one before its restart, asked for when the session was opened. */
    String server();

    /** Inserts a row in a transaction of its own. Never retries. */
    Reply write(Element element, String payload);

    /** Deletes a row in a transaction of its own. Never retries. */
    Reply delete(Element element);

    /**
     * Reads all rows at one point in time.
     *
     * @throws StoreException when not all of them could be read
     */
    List<Row> read();

    /** What the last read showed of the accounts beside the rows, at the same point in time; empty unless the store keeps some. */
    default Optional<Books> books() {
        return Optional.empty();
    }

    /** Breaks the connection from another thread, so that a call that hangs returns. Must not block. */
    void abort();

    /** Closes the connection. Never throws. */
    @Override
    void close();
}
