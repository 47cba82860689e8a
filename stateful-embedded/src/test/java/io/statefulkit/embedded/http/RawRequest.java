package io.statefulkit.embedded.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** A request that need not be one, sent as it is. */
public final class RawRequest {

    private RawRequest() {}

    /** Sends it, and returns the lines of the answer with its body as the last; none when the connection is closed without one. */
    public static List<String> send(Socket socket, String request) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(request.getBytes(UTF_8));
        out.flush();
        return answer(new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8)));
    }

    private static List<String> answer(BufferedReader in) throws IOException {
        List<String> lines = new ArrayList<>();
        int length = 0;
        for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
            lines.add(line);
            if (line.regionMatches(true, 0, "Content-Length:", 0, 15)) {
                length = Integer.parseInt(line.substring(15).trim());
            }
        }
        StringBuilder body = new StringBuilder();
        while (body.toString().getBytes(UTF_8).length < length) {
            int c = in.read();
            if (c < 0) {
                break;
            }
            body.append((char) c);
        }
        if (!lines.isEmpty()) {
            lines.add(body.toString());
        }
        return lines;
    }
}
