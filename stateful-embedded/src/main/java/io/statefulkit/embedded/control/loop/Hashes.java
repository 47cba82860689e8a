package io.statefulkit.embedded.control.loop;

import com.fasterxml.jackson.databind.JsonNode;
import io.statefulkit.embedded.json.Json;
import java.util.TreeMap;

/** The short hashes in names of revisions and replica sets. */
public final class Hashes {

    private static final String ALPHABET = "bcdfghjklmnpqrstvwxz2456789";

    private Hashes() {}

    /** Returns the hash of a tree, whatever the order of its fields. */
    public static String of(JsonNode tree, int collisions) {
        int hash = 0x811c9dc5;
        for (byte each : (canonical(tree) + collisions).getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
            hash = (hash ^ (each & 0xff)) * 0x01000193;
        }
        StringBuilder encoded = new StringBuilder();
        for (char digit : Integer.toUnsignedString(hash).toCharArray()) {
            encoded.append(ALPHABET.charAt(digit % ALPHABET.length()));
        }
        return encoded.toString();
    }

    private static String canonical(JsonNode tree) {
        if (tree.isObject()) {
            TreeMap<String, String> sorted = new TreeMap<>();
            tree.properties().forEach(entry -> sorted.put(entry.getKey(), canonical(entry.getValue())));
            return sorted.toString();
        }
        if (tree.isArray()) {
            StringBuilder text = new StringBuilder("[");
            tree.forEach(each -> text.append(canonical(each)).append(','));
            return text.append(']').toString();
        }
        return new String(Json.bytes(tree), java.nio.charset.StandardCharsets.UTF_8);
    }
}
