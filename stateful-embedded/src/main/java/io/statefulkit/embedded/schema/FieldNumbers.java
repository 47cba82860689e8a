package io.statefulkit.embedded.schema;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * By which numbers the binary form of objects names fields, read from {@code numbers.txt}: one message a line, as
 * {@code Name field:number ...}. A {@code t} after the number marks a time of seconds, a {@code u} one of microseconds;
 * {@code @Message:number} is a message whose fields stand in the object itself. Immutable.
 */
public final class FieldNumbers {

    private static final String RESOURCE = "numbers.txt";

    private final Map<String, Map<Integer, Numbered>> messages = new HashMap<>();

    private FieldNumbers() {}

    /**
     * What stands behind a number.
     *
     * @param name the field, or the message for {@link Form#INLINE}
     * @param form how it is written
     */
    public record Numbered(String name, Form form) {}

    /** How a field is written. */
    public enum Form {
        /** As the type of the field says. */
        PLAIN,
        /** A message of seconds and nanoseconds, shown as a time of seconds. */
        TIME,
        /** A message of seconds and nanoseconds, shown as a time of microseconds. */
        MICRO_TIME,
        /** A message whose fields belong to the object around it. */
        INLINE
    }

    /** Returns the numbers of all messages. */
    public static FieldNumbers all() {
        return Holder.NUMBERS;
    }

    /** Returns the fields of a type by number; none when it has no binary form. */
    public Map<Integer, Numbered> of(Struct struct) {
        return messages.getOrDefault(struct.qualifiedName(), Map.of());
    }

    /** Returns the fields of a message that stands inside an object. */
    public Map<Integer, Numbered> ofInline(String message) {
        return messages.getOrDefault(message, Map.of());
    }

    private void read(BufferedReader reader) throws IOException {
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            List<String> words = List.of(line.split(" ", -1));
            Map<Integer, Numbered> fields = new HashMap<>();
            words.subList(1, words.size()).forEach(word -> add(word, fields));
            messages.put(words.get(0), Map.copyOf(fields));
        }
    }

    private static void add(String word, Map<Integer, Numbered> fields) {
        int colon = word.indexOf(':');
        char last = word.charAt(word.length() - 1);
        Form form = last == 't' ? Form.TIME : last == 'u' ? Form.MICRO_TIME : Form.PLAIN;
        String number = word.substring(colon + 1, form == Form.PLAIN ? word.length() : word.length() - 1);
        boolean inline = word.startsWith("@");
        fields.put(
                Integer.parseInt(number),
                new Numbered(word.substring(inline ? 1 : 0, colon), inline ? Form.INLINE : form));
    }

    /** Reads the resource when it is first asked for. */
    private static final class Holder {

        private static final FieldNumbers NUMBERS = load();

        private static FieldNumbers load() {
            FieldNumbers numbers = new FieldNumbers();
            try (InputStream stream =
                            Objects.requireNonNull(FieldNumbers.class.getResourceAsStream(RESOURCE), RESOURCE);
                    BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                numbers.read(reader);
                return numbers;
            } catch (IOException e) {
                throw new UncheckedIOException(RESOURCE + " could not be read", e);
            }
        }
    }
}
