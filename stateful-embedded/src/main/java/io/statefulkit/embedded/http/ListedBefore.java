package io.statefulkit.embedded.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;
import java.lang.ref.SoftReference;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The last long lists that were sent, and how they were compressed: who lists what has not changed since, as many informers
 * do one after the other, gets the same bytes. Forgotten when memory runs low. Safe for use by many threads.
 */
final class ListedBefore {

    private static final int KEPT = 4;

    private record Listing(String head, List<ObjectNode> items, Buffer text) {

        @SuppressWarnings(
                "ReferenceEquality") // The objects of the store never change: the same ones have the same text.
        boolean is(String otherHead, List<ObjectNode> others) {
            if (!head.equals(otherHead) || items.size() != others.size()) {
                return false;
            }
            if (items == others) {
                return true;
            }
            Iterator<ObjectNode> mine = items.iterator();
            return others.stream().allMatch(each -> each == mine.next());
        }
    }

    private record Compressed(Buffer plain, Buffer compressed) {}

    private final Deque<SoftReference<Listing>> listings = new ArrayDeque<>();
    private final Deque<SoftReference<Compressed>> compressed = new ArrayDeque<>();

    /** Returns the text of a list with this beginning and these items, if it was sent before. */
    synchronized Optional<Buffer> text(String head, List<ObjectNode> items) {
        return listings.stream()
                .flatMap(each -> Optional.ofNullable(each.get()).stream())
                .filter(each -> each.is(head, items))
                .map(Listing::text)
                .findFirst();
    }

    synchronized void keep(String head, List<ObjectNode> items, Buffer text) {
        listings.addFirst(new SoftReference<>(new Listing(head, List.copyOf(items), text)));
        while (listings.size() > KEPT) {
            listings.removeLast();
        }
    }

    /** Returns a body compressed in this way; one of a list that was sent before is compressed no second time. */
    Buffer compressed(Buffer plain, UnaryOperator<Buffer> compression) {
        Optional<Buffer> known = known(plain);
        if (known.isPresent()) {
            return known.get();
        }
        Buffer result = compression.apply(plain);
        synchronized (this) {
            compressed.addFirst(new SoftReference<>(new Compressed(plain, result)));
            while (compressed.size() > KEPT) {
                compressed.removeLast();
            }
        }
        return result;
    }

    @SuppressWarnings("ReferenceEquality") // It is about this very text, which nobody writes to.
    private synchronized Optional<Buffer> known(Buffer plain) {
        return compressed.stream()
                .flatMap(each -> Optional.ofNullable(each.get()).stream())
                .filter(each -> each.plain() == plain)
                .map(Compressed::compressed)
                .findFirst();
    }
}
