package io.statefulkit.embedded.schema;

import io.statefulkit.embedded.schema.FieldType.ListOf;
import io.statefulkit.embedded.schema.FieldType.MapOf;
import io.statefulkit.embedded.schema.FieldType.Scalar;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * All types, read from {@code types.txt}: one type a line, as {@code Name field:type field:type ...}. A {@code !} after
 * the name makes it atomic. A list is {@code []T} when atomic, {@code [!]T} when a set and {@code [a,b]T} when its
 * elements are identified by the fields a and b; a map is {@code {}T}, or {@code {!}T} when atomic. A text with {@code +}
 * keeps being empty; a number or flag with {@code -} is dropped when it is 0 or false;
 * what has a {@code ?} is shown as null when it is not there.
 */
public final class Types {

    private static final String RESOURCE = "types.txt";

    private static final Map<String, Scalar> SCALARS = Map.ofEntries(
            Map.entry("string", Scalar.STRING),
            Map.entry("time", Scalar.TIME),
            Map.entry("microtime", Scalar.MICRO_TIME),
            Map.entry("int32", Scalar.INT32),
            Map.entry("int64", Scalar.INT64),
            Map.entry("bool", Scalar.BOOL),
            Map.entry("float64", Scalar.FLOAT64),
            Map.entry("quantity", Scalar.QUANTITY),
            Map.entry("intstr", Scalar.INT_OR_STRING),
            Map.entry("bytes", Scalar.BYTES),
            Map.entry("any", Scalar.ANY));

    private final Map<String, Struct> structs = new HashMap<>();

    private Types() {}

    /** Returns the types of the kinds that are served. */
    public static Types all() {
        return Holder.TYPES;
    }

    /** Returns the type of a kind, such as {@code StatefulSet}. */
    public Struct of(String kind) {
        Struct struct = structs.get(kind);
        if (struct == null) {
            throw new IllegalArgumentException("no type " + kind + " in " + RESOURCE);
        }
        return struct;
    }

    /** Returns the type of a kind, or empty when there is none. */
    public Optional<Struct> find(String kind) {
        return Optional.ofNullable(structs.get(kind));
    }

    private void read(BufferedReader reader) throws IOException {
        Map<Struct, String[]> lines = new LinkedHashMap<>();
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            String[] words = line.split(" ", -1);
            boolean atomic = words[0].endsWith("!");
            String name = atomic ? words[0].substring(0, words[0].length() - 1) : words[0];
            Struct struct = new Struct(name, atomic);
            structs.put(name, struct);
            lines.put(struct, words);
        }
        lines.forEach(this::addFields);
    }

    private void addFields(Struct struct, String[] words) {
        for (String word : List.of(words).subList(1, words.length)) {
            if (word.isEmpty()) {
                continue;
            }
            int colon = word.indexOf(':');
            String type = word.substring(colon + 1);
            boolean shown = type.endsWith("?");
            boolean marked = type.endsWith("+") || type.endsWith("-") || shown;
            FieldType parsed = type(marked ? type.substring(0, type.length() - 1) : type);
            boolean keepsZero = type.endsWith("+") || (!type.endsWith("-") && !isText(parsed));
            struct.add(word.substring(0, colon), new Field(parsed, keepsZero, shown));
        }
    }

    private static boolean isText(FieldType type) {
        return type instanceof Scalar scalar && scalar.text();
    }

    private FieldType type(String text) {
        if (text.startsWith("{")) {
            int end = text.indexOf('}');
            return new MapOf(text.charAt(1) == '!', type(text.substring(end + 1)));
        }
        if (text.startsWith("[")) {
            int end = text.indexOf(']');
            String keys = text.substring(1, end);
            List<String> fields = keys.isEmpty() || keys.equals("!") ? List.of() : List.of(keys.split(",", -1));
            return new ListOf(keys.isEmpty(), fields, type(text.substring(end + 1)));
        }
        Scalar scalar = SCALARS.get(text);
        return scalar == null ? of(text) : scalar;
    }

    /** Reads the resource when it is first asked for. */
    private static final class Holder {

        private static final Types TYPES = load();

        private static Types load() {
            Types types = new Types();
            try (InputStream stream = Objects.requireNonNull(Types.class.getResourceAsStream(RESOURCE), RESOURCE);
                    BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                types.read(reader);
                return types;
            } catch (IOException e) {
                throw new UncheckedIOException(RESOURCE + " could not be read", e);
            }
        }
    }
}
