package io.statefulkit.embedded;

import io.fabric8.kubernetes.client.http.AsyncBody;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Hands on the content of a body that is compressed, and of one that is not as it is. For one body, piece by piece. */
final class Unpacking implements AsyncBody.Consumer<List<ByteBuffer>> {

    private static final int FIRST = 0x1f;

    private final AsyncBody.Consumer<List<ByteBuffer>> consumer;

    /** Who takes the body, as soon as its first byte is known. */
    private Optional<AsyncBody.Consumer<List<ByteBuffer>>> taker = Optional.empty();

    Unpacking(AsyncBody.Consumer<List<ByteBuffer>> consumer) {
        this.consumer = consumer;
    }

    @Override
    public void consume(List<ByteBuffer> pieces, AsyncBody body) throws Exception {
        if (taker.isEmpty()) {
            taker = pieces.stream()
                    .filter(ByteBuffer::hasRemaining)
                    .findFirst()
                    .map(piece -> piece.get(piece.position()) == FIRST ? new Gzip(consumer) : consumer);
        }
        taker.orElse(consumer).consume(pieces, body);
    }

    /** Made only for what is compressed: an inflater holds memory outside of the heap. */
    private static final class Gzip implements AsyncBody.Consumer<List<ByteBuffer>> {

        private static final int SIZE = 256 * 1024;

        /** The server writes no name and no other optional part, so it is always as long. */
        private static final int HEADER = 10;

        private final AsyncBody.Consumer<List<ByteBuffer>> consumer;
        private final Inflater inflater = new Inflater(true);
        private int header;
        private boolean isOver;

        Gzip(AsyncBody.Consumer<List<ByteBuffer>> consumer) {
            this.consumer = consumer;
        }

        @Override
        public void consume(List<ByteBuffer> pieces, AsyncBody body) throws Exception {
            List<ByteBuffer> content = new ArrayList<>();
            for (ByteBuffer piece : pieces) {
                int skipped = Math.min(HEADER - header, piece.remaining());
                header += skipped;
                piece.position(piece.position() + skipped);
                // What follows the end is a checksum, of which a connection with TLS has a better one.
                if (!isOver && piece.hasRemaining()) {
                    inflater.setInput(piece);
                    unpack(content);
                }
            }
            consumer.consume(content, body);
        }

        private void unpack(List<ByteBuffer> content) throws IOException {
            try {
                int length;
                do {
                    byte[] next = new byte[SIZE];
                    length = inflater.inflate(next);
                    if (length > 0) {
                        content.add(ByteBuffer.wrap(next, 0, length));
                    }
                } while (length > 0 && !inflater.finished());
            } catch (DataFormatException e) {
                throw new IOException("the server's answer is not compressed as it says", e);
            }
            if (inflater.finished()) {
                isOver = true;
                inflater.end();
            }
        }
    }
}
