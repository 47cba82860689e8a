package io.statefulkit.embedded.image.sql;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** Messages of PostgreSQL's protocol, version 3. */
final class Wire implements AutoCloseable {

    private final SocketChannel channel;
    private final DataInputStream in;
    private final DataOutputStream out;

    private Wire(SocketChannel channel) {
        this.channel = channel;
        this.in = new DataInputStream(new java.io.BufferedInputStream(Channels.newInputStream(channel)));
        this.out = new DataOutputStream(Channels.newOutputStream(channel));
    }

    static Wire connect(String host, int port) throws IOException {
        boolean local = host.startsWith("/");
        SocketAddress address =
                local ? UnixDomainSocketAddress.of(host + "/.s.PGSQL." + port) : new InetSocketAddress(host, port);
        SocketChannel channel = local ? SocketChannel.open(StandardProtocolFamily.UNIX) : SocketChannel.open();
        channel.connect(address);
        return new Wire(channel);
    }

    /** One message of the server: its letter, and what follows its length. */
    static final class Message {

        private final char type;
        private final byte[] body;

        private Message(char type, byte[] body) {
            this.type = type;
            this.body = body;
        }

        char type() {
            return type;
        }

        byte[] body() {
            return body;
        }

        /** The text of an error or notice, as psql words it. */
        String text() {
            String severity = "";
            String message = "";
            String detail = "";
            for (String field : new String(body, StandardCharsets.UTF_8).split("\0", -1)) {
                if (field.startsWith("S")) {
                    severity = field.substring(1);
                } else if (field.startsWith("M")) {
                    message = field.substring(1);
                } else if (field.startsWith("D")) {
                    detail = "\nDETAIL:  " + field.substring(1);
                }
            }
            return severity + ":  " + message + detail;
        }
    }

    Message read() throws IOException {
        char type = (char) in.readUnsignedByte();
        byte[] body = new byte[in.readInt() - Integer.BYTES];
        in.readFully(body);
        return new Message(type, body);
    }

    void startup(String user, String database) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(new byte[] {0, 3, 0, 0});
        for (String word : new String[] {"user", user, "database", database, "client_encoding", "UTF8"}) {
            body.writeBytes(text(word));
        }
        body.write(0);
        send(new byte[0], body.toByteArray());
    }

    void send(char type, byte[] body) throws IOException {
        send(new byte[] {(byte) type}, body);
    }

    private void send(byte[] type, byte[] body) throws IOException {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        DataOutputStream data = new DataOutputStream(message);
        data.write(type);
        data.writeInt(body.length + Integer.BYTES);
        data.write(body);
        out.write(message.toByteArray());
        out.flush();
    }

    static byte[] text(String text) {
        return (text + "\0").getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
