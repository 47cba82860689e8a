package io.statefulkit.embedded.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds fields that an object has twice, which a tree no longer shows. */
public final class DuplicateFields {

    private static final JsonFactory FACTORY = new JsonFactory();

    private DuplicateFields() {}

    /** Returns the paths of such fields, such as {@code spec.containers[0].image}; none when the text is not JSON. */
    public static List<String> in(byte[] json) {
        List<String> found = new ArrayList<>();
        try (JsonParser parser = FACTORY.createParser(json)) {
            Deque<Level> levels = new ArrayDeque<>();
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                read(parser, token, levels, found);
            }
        } catch (IOException e) {
            return List.of();
        }
        return List.copyOf(found);
    }

    private static void read(JsonParser parser, JsonToken token, Deque<Level> levels, List<String> found)
            throws IOException {
        Level level = levels.peek();
        if (token == JsonToken.FIELD_NAME && level != null) {
            level.field = parser.currentName();
            if (!level.seen.add(level.field)) {
                found.add(level.path());
            }
        } else if (token.isStructStart()) {
            String path = level == null ? "" : level.next();
            levels.push(new Level(path, token == JsonToken.START_ARRAY));
        } else if (token.isStructEnd()) {
            levels.pop();
        } else if (level != null && token != JsonToken.FIELD_NAME) {
            level.index++;
        }
    }

    /** An object or a list that is being read. */
    private static final class Level {

        private final String base;
        private final boolean list;
        private final Set<String> seen = new HashSet<>();
        private String field = "";
        private int index;

        Level(String base, boolean list) {
            this.base = base;
            this.list = list;
        }

        String path() {
            return list ? base + "[" + index + "]" : base.isEmpty() ? field : base + "." + field;
        }

        String next() {
            String path = path();
            index++;
            return path;
        }
    }
}
