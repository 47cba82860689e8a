package io.statefulkit.embedded.node.probe;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * What a server answers to a probe: as much of it as a probe looks at.
 *
 * @param code the status code
 * @param location where it says to look instead, or an empty text
 * @param body the beginning of the body
 */
record HttpAnswer(int code, String location, String body) {

    private static final int LONGEST_BODY = 10 * 1024;
    private static final int LONGEST_LINE = 64 * 1024;

    static HttpAnswer read(InputStream stream) throws IOException {
        InputStream in = new BufferedInputStream(stream);
        String[] words = line(in).split(" ", 3);
        if (words.length < 2 || !words[0].startsWith("HTTP/") || !words[1].matches("\\d{3}")) {
            throw new IOException("malformed HTTP response \"" + String.join(" ", words) + "\"");
        }
        String location = "";
        long length = LONGEST_BODY;
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            String name = colon < 0 ? line : line.substring(0, colon);
            String value = colon < 0 ? "" : line.substring(colon + 1).strip();
            if (name.equalsIgnoreCase("Location")) {
                location = value;
            } else if (name.equalsIgnoreCase("Content-Length") && value.matches("\\d{1,9}")) {
                length = Long.parseLong(value);
            }
        }
        int code = Integer.parseInt(words[1]);
        boolean told = code >= 300 && code < 400;
        byte[] body = told ? in.readNBytes((int) Math.min(length, LONGEST_BODY)) : new byte[0];
        return new HttpAnswer(code, location, new String(body, StandardCharsets.UTF_8));
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("EOF");
            }
            if (line.size() > LONGEST_LINE) {
                throw new IOException("a header line is too long");
            }
            line.write(next);
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }
}
