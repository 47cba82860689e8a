package io.statefulkit.embedded.node;

import java.util.BitSet;

/**
 * The loopback addresses of a node's pods: the lower half of its block. Closing them gives the block back. Thread-safe.
 */
final class PodAddresses implements AutoCloseable {

    private static final int LAST = 0x7ffe;

    private final LoopbackBlock block;
    private final BitSet used = new BitSet();
    private int next = 2;

    PodAddresses(LoopbackBlock block) {
        this.block = block;
    }

    /** Returns the address of the node itself. */
    String node() {
        return block.network() + "0.1";
    }

    /** Returns all addresses in CIDR form. */
    String range() {
        return block.network() + "0.0/17";
    }

    /** Takes an address; the least recently used ones come first, so that an old pod's address does not return at once. */
    synchronized String take() {
        for (int i = 0; i < LAST; i++) {
            int candidate = next;
            next = next >= LAST ? 2 : next + 1;
            if (!used.get(candidate) && (candidate & 0xff) != 0 && (candidate & 0xff) != 0xff) {
                used.set(candidate);
                return block.network() + (candidate >> 8) + "." + (candidate & 0xff);
            }
        }
        throw new IllegalStateException("no free pod address in " + range());
    }

    synchronized void giveBack(String address) {
        String[] parts = address.split("\\.", -1);
        if (parts.length == 4) {
            used.clear((Integer.parseInt(parts[2]) << 8) | Integer.parseInt(parts[3]));
        }
    }

    @Override
    public void close() {
        block.close();
    }
}
