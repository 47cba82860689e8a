package io.statefulkit.embedded.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.BitSet;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The loopback addresses of a node's pods: {@code 127.N.0.0/16}, with an N that no other node of this machine has. A socket
 * that stays open claims the N; it ends with the JVM. Thread-safe.
 */
final class PodAddresses implements AutoCloseable {

    private static final int FIRST = 64;
    private static final int BLOCKS = 128;
    private static final int CLAIM_PORT = 20127;

    private final ServerSocket claim;
    private final int block;
    private final BitSet used = new BitSet();
    private int next = 2;

    PodAddresses() {
        int start = ThreadLocalRandom.current().nextInt(BLOCKS);
        for (int i = 0; i < BLOCKS; i++) {
            int candidate = FIRST + (start + i) % BLOCKS;
            ServerSocket socket = claim(candidate);
            if (socket != null) {
                this.claim = socket;
                this.block = candidate;
                return;
            }
        }
        throw new IllegalStateException("all " + BLOCKS
                + " blocks of loopback addresses are taken by other nodes on this" + " machine: expected one of 127."
                + FIRST + ".0.1 ... with port " + CLAIM_PORT + " to be free");
    }

    private static @org.jspecify.annotations.Nullable ServerSocket claim(int block) {
        try {
            ServerSocket socket = new ServerSocket();
            try {
                socket.setReuseAddress(false);
                socket.bind(new InetSocketAddress(
                        InetAddress.getByAddress(new byte[] {127, (byte) block, 0, 1}), CLAIM_PORT));
                return socket;
            } catch (IOException e) {
                socket.close();
                return null;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the address of the node itself. */
    String node() {
        return "127." + block + ".0.1";
    }

    /** Returns all addresses in CIDR form. */
    String range() {
        return "127." + block + ".0.0/16";
    }

    /** Takes an address; the least recently used ones come first, so that an old pod's address does not return at once. */
    synchronized String take() {
        for (int i = 0; i < 0xfffd; i++) {
            int candidate = next;
            next = next >= 0xfffe ? 2 : next + 1;
            if (!used.get(candidate) && (candidate & 0xff) != 0 && (candidate & 0xff) != 0xff) {
                used.set(candidate);
                return "127." + block + "." + (candidate >> 8) + "." + (candidate & 0xff);
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
        try {
            claim.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
