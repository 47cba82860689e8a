package io.statefulkit.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.http.AsyncBody;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnpackingTest {

    private static final String LONG = "{'kind':'List'} ".repeat(50_000);

    private static final AsyncBody BODY = new AsyncBody() {
        @Override
        public void consume() {}

        @Override
        public CompletableFuture<Void> done() {
            return new CompletableFuture<>();
        }

        @Override
        public void cancel() {}
    };

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 10, 4096, 1_000_000})
    void what_is_compressed_is_unpacked_in_whatever_pieces_it_comes(int size) throws Exception {
        assertThat(read(compressed(LONG), size)).isEqualTo(LONG);
    }

    @Test
    void what_is_not_compressed_stays_as_it_is() throws Exception {
        assertThat(read("{}".getBytes(StandardCharsets.UTF_8), 1)).isEqualTo("{}");
    }

    @Test
    void what_is_damaged_is_an_error() throws Exception {
        byte[] damaged = compressed(LONG);
        Arrays.fill(damaged, 20, 200, (byte) 0xff);

        assertThatThrownBy(() -> read(damaged, 4096))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("not compressed as it says");
    }

    private static String read(byte[] bytes, int size) throws Exception {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        Unpacking unpacking = new Unpacking((pieces, body) -> {
            for (ByteBuffer piece : pieces) {
                byte[] some = new byte[piece.remaining()];
                piece.get(some);
                content.write(some);
            }
        });
        List<ByteBuffer> pieces = new ArrayList<>(List.of(ByteBuffer.allocate(0)));
        for (int at = 0; at < bytes.length; at += size) {
            pieces.add(ByteBuffer.wrap(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + size))));
        }
        for (ByteBuffer piece : pieces) {
            unpacking.consume(List.of(piece), BODY);
        }
        return content.toString(StandardCharsets.UTF_8);
    }

    private static byte[] compressed(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
