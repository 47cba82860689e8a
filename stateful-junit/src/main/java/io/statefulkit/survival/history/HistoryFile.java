package io.statefulkit.survival.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
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
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the history " + file, e);
        }
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

    static String line(Event event) {
        try {
            return JSON.writeValueAsString(event);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an event cannot be written as JSON: " + event, e);
        }
    }
}
