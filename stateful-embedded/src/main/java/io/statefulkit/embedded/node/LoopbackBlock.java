package io.statefulkit.embedded.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The loopback addresses of one cluster: {@code 127.N.0.0/16}, with an N that no other cluster of this machine has. The
 * lower half is for pods and the upper half for services. A socket that stays open claims the N; it ends with the JVM.
 */
public final class LoopbackBlock implements AutoCloseable {

    private static final int FIRST = 100;
    private static final int BLOCKS = 128;
    private static final int CLAIM_PORT = 20127;

    private final ServerSocket claim;
    private final int block;

    private LoopbackBlock(ServerSocket claim, int block) {
        this.claim = claim;
        this.block = block;
    }

    /**
     * Claims a block that is free.
     *
     * @throws IllegalStateException when none is
     */
    public static LoopbackBlock claim() {
        int start = ThreadLocalRandom.current().nextInt(BLOCKS);
        for (int i = 0; i < BLOCKS; i++) {
            int candidate = FIRST + (start + i) % BLOCKS;
            ServerSocket socket = claim(candidate);
            if (socket != null) {
                return new LoopbackBlock(socket, candidate);
            }
        }
        throw new IllegalStateException("all " + BLOCKS
                + " blocks of loopback addresses are taken by other clusters on this machine: expected one of 127."
                + FIRST + ".0.1 ... with port " + CLAIM_PORT + " to be free");
    }

    private static @Nullable ServerSocket claim(int block) {
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

    /** Returns what all its addresses begin with, such as {@code 127.100.}. */
    public String network() {
        return "127." + block + ".";
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
