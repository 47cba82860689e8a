package io.statefulkit.survival.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A history on disk: one JSON object a line, so that a run that was cut off can still be checked. */
public final class HistoryFile {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private HistoryFile() {}

    /**
     * Reads a history back. A last line that was cut off is left out.
     *
     * @throws UncheckedIOException when the file cannot be read
     * @throws IllegalArgumentException when a line other than the last is no event, naming the line
     */
    public static History read(Path file) {
        List<String> lines = lines(file);
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            try {
                events.add(JSON.readValue(lines.get(i), Event.class));
            } catch (JsonProcessingException e) {
                if (i < lines.size() - 1) {
                    throw new IllegalArgumentException(
                            "line " + (i + 1) + " of " + file + " is no event: " + e.getOriginalMessage(), e);
                }
            }
        }
        return History.of(events);
    }

    /** A line may be cut off within a character: a strict reader would read nothing of the file then. */
    private static List<String> lines(Path file) {
        List<String> lines = new ArrayList<>();
        try (InputStream in = Files.newInputStream(file);
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(line);
            }
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the history " + file, e);
        }
    }

    /** Prints an event as one line. Those of which there are millions are printed by hand, which is most of the time a line takes. */
    static void print(Event event, StringBuilder line) {
        if (event instanceof Event.Begun begun) {
            at("begun", begun.at(), line)
                    .append(",\"action\":\"")
                    .append(begun.action())
                    .append("\",\"element\":\"");
            begun.element().print(line).append("\"}");
        } else if (event instanceof Event.Ended ended && isPlain(ended.server()) && isPlain(ended.note())) {
            at("ended", ended.at(), line)
                    .append(",\"begun\":")
                    .append(ended.begun())
                    .append(",\"outcome\":\"")
                    .append(ended.outcome())
                    .append("\",\"server\":\"")
                    .append(ended.server())
                    .append("\",\"note\":\"")
                    .append(ended.note())
                    .append("\"}");
        } else {
            line.append(json(event));
        }
    }

    private static StringBuilder at(String event, Moment at, StringBuilder line) {
        return line.append("{\"event\":\"")
                .append(event)
                .append("\",\"at\":{\"index\":")
                .append(at.index())
                .append(",\"nanos\":")
                .append(at.nanos())
                .append('}');
    }

    /** Whether it stands in JSON as it is. */
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~' || c == '"' || c == '\\') {
                return false;
            }
        }
        return true;
    }

    static String json(Event event) {
        try {
            return JSON.writeValueAsString(event);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an event cannot be written as JSON: " + event, e);
        }
    }
}
