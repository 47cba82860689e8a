package io.statefulkit.embedded.http.protobuf;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Reads what a protobuf message consists of. Anything malformed is an {@link IllegalArgumentException}. */
final class Wire {

    /** How a varint is marked. */
    static final int VARINT = 0;
    /** How eight bytes are marked. */
    static final int FIXED64 = 1;
    /** How bytes with their length before them are marked. */
    static final int BYTES = 2;
    /** How four bytes are marked. */
    static final int FIXED32 = 5;

    private final ByteBuffer bytes;
    private int type;

    Wire(byte[] message) {
        this.bytes = ByteBuffer.wrap(message);
    }

    boolean hasNext() {
        return bytes.hasRemaining();
    }

    /** Reads the number of the next field. */
    int next() {
        long tag = varint();
        type = (int) (tag & 7);
        long number = tag >>> 3;
        if (number < 1 || number > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("illegal field number " + number);
        }
        return (int) number;
    }

    /** Reads the varint of the current field. */
    long number() {
        expect(VARINT);
        return varint();
    }

    /** Reads the eight bytes of the current field, least significant first. */
    long fixed64() {
        expect(FIXED64);
        return Long.reverseBytes(read(8).getLong());
    }

    /** Reads the bytes of the current field. */
    byte[] bytes() {
        expect(BYTES);
        long length = varint();
        if (length < 0 || length > bytes.remaining()) {
            throw new IllegalArgumentException("unexpected EOF");
        }
        byte[] value = new byte[(int) length];
        bytes.get(value);
        return value;
    }

    /** Reads the text of the current field. */
    String text() {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    /** Passes over the current field. */
    void skip() {
        switch (type) {
            case VARINT -> varint();
            case FIXED64 -> read(8);
            case BYTES -> bytes();
            case FIXED32 -> read(4);
            default -> throw new IllegalArgumentException("illegal wire type " + type);
        }
    }

    private void expect(int wanted) {
        if (type != wanted) {
            throw new IllegalArgumentException("wrong wire type " + type);
        }
    }

    private ByteBuffer read(int length) {
        if (bytes.remaining() < length) {
            throw new IllegalArgumentException("unexpected EOF");
        }
        byte[] read = new byte[length];
        bytes.get(read);
        return ByteBuffer.wrap(read);
    }

    private long varint() {
        try {
            long value = 0;
            for (int shift = 0; shift < 64; shift += 7) {
                byte next = bytes.get();
                value |= (long) (next & 0x7f) << shift;
                if (next >= 0) {
                    return value;
                }
            }
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("unexpected EOF", e);
        }
        throw new IllegalArgumentException("integer overflow");
    }
}
