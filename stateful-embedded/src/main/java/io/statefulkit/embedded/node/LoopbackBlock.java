package io.statefulkit.embedded.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The loopback addresses of one cluster: {@code 127.N.0.0/16}, with an N that no other cluster of this machine has. The
 * lower half is for pods and the upper half for services. A socket that stays open claims the N; it ends with the JVM.
 */
public final class LoopbackBlock implements AutoCloseable {

    private static final int FIRST = 100;
    private static final int BLOCKS = 128;
    private static final int CLAIM_PORT = 20127;
    private static final String LISTENS = "0A";
    private static final Logger LOG = LoggerFactory.getLogger(LoopbackBlock.class);

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
        return claimFrom(FIRST + ThreadLocalRandom.current().nextInt(BLOCKS));
    }

    /** Claims a block, this one if it is free. */
    static LoopbackBlock claimFrom(int block) {
        int start = block - FIRST;
        Set<Integer> served = served();
        for (int i = 0; i < BLOCKS; i++) {
            int candidate = FIRST + (start + i) % BLOCKS;
            ServerSocket socket = served.contains(candidate) ? null : claim(candidate);
            if (socket != null) {
                return new LoopbackBlock(socket, candidate);
            }
        }
        throw new IllegalStateException("all " + BLOCKS
                + " blocks of loopback addresses are taken by other clusters on this machine: expected one of 127."
                + FIRST + ".0.1 ... with port " + CLAIM_PORT + " to be free");
    }

    /**
     * Returns the blocks on whose addresses somebody listens. Where a JVM was killed, a server may have outlived its cluster,
     * and a probe or a client would take it for a server of the next one.
     */
    private static Set<Integer> served() {
        Set<Integer> blocks = new HashSet<>();
        for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            try (Stream<String> lines = Files.lines(Path.of(table))) {
                lines.skip(1).map(line -> line.strip().split("\\s+")).forEach(fields -> {
                    String address = fields[1].substring(0, fields[1].indexOf(':'));
                    // The bytes stand in the machine's order, the first one last.
                    String last = address.substring(address.length() - 8);
                    if (fields[3].equals(LISTENS) && last.endsWith("7F")) {
                        blocks.add(Integer.parseInt(last.substring(4, 6), 16));
                    }
                });
            } catch (IOException | UncheckedIOException e) {
                LOG.debug("{} cannot be read, so that servers which outlived their cluster are not seen", table, e);
            }
        }
        return blocks;
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
