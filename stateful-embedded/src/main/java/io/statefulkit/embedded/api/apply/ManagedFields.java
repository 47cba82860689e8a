package io.statefulkit.embedded.api.apply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.json.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Who owns which fields of one object: the entries of {@code metadata.managedFields}. */
final class ManagedFields {

    private static final int MAX_UPDATE_ENTRIES = 10;
    private static final String ANCIENT = "ancient-changes";

    private final Map<FieldOwner, Entry> entries = new LinkedHashMap<>();

    /** Reads the entries of an object; what is no entry is left out. */
    static ManagedFields of(JsonNode object) {
        ManagedFields managed = new ManagedFields();
        for (JsonNode node : Json.at(object, "metadata", "managedFields")) {
            if (node.path("fieldsV1").isObject()
                    && !Json.text(node, "operation").isEmpty()) {
                Entry entry = new Entry(FieldSet.parse(node.path("fieldsV1")), Json.text(node, "time"));
                managed.entries.put(FieldOwner.of(node), entry);
            }
        }
        return managed;
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    Map<FieldOwner, FieldSet> sets() {
        Map<FieldOwner, FieldSet> sets = new LinkedHashMap<>();
        entries.forEach((owner, entry) -> sets.put(owner, entry.fields()));
        return sets;
    }

    FieldSet of(FieldOwner owner) {
        Entry entry = entries.get(owner);
        return entry == null ? FieldSet.empty() : entry.fields();
    }

    String time(FieldOwner owner) {
        Entry entry = entries.get(owner);
        return entry == null ? "" : entry.time();
    }

    /** Sets what an owner owns; nothing removes the owner. The time changes only with the fields. */
    void set(FieldOwner owner, FieldSet fields, String now) {
        Entry old = entries.get(owner);
        if (fields.isEmpty()) {
            entries.remove(owner);
        } else if (old == null || !old.fields().equals(fields)) {
            entries.put(owner, new Entry(fields, now));
        }
    }

    /** Takes fields from everybody else, without changing the time of their entries. */
    void takeFromOthers(FieldOwner owner, FieldSet fields) {
        for (FieldOwner other : List.copyOf(entries.keySet())) {
            Entry entry = entries.get(other);
            if (!other.equals(owner) && entry != null) {
                set(other, entry.fields().minus(fields), entry.time());
            }
        }
    }

    /** Writes the entries into an object's metadata. */
    void writeTo(ObjectNode metadata) {
        mergeAncient();
        metadata.remove("managedFields");
        if (entries.isEmpty()) {
            return;
        }
        ArrayNode list = metadata.putArray("managedFields");
        List<FieldOwner> owners = new ArrayList<>(entries.keySet());
        owners.sort(Comparator.comparing(FieldOwner::operation)
                .thenComparing(this::time)
                .thenComparing(FieldOwner::manager)
                .thenComparing(FieldOwner::apiVersion)
                .thenComparing(FieldOwner::subresource));
        owners.forEach(owner -> list.add(owner.toJson(of(owner), time(owner))));
    }

    /** Keeps the number of entries of updates small: the oldest become one, which counts as well. */
    private void mergeAncient() {
        List<FieldOwner> updates = entries.keySet().stream()
                .filter(owner -> owner.operation().equals("Update"))
                .sorted(Comparator.comparing(this::time).thenComparing(FieldOwner::manager))
                .toList();
        Map<String, FieldOwner> oldest = new HashMap<>();
        int left = updates.size();
        for (FieldOwner each : updates) {
            FieldOwner ancient = new FieldOwner(ANCIENT, "Update", each.apiVersion(), "");
            FieldOwner first = oldest.putIfAbsent(each.apiVersion(), each);
            if (left > MAX_UPDATE_ENTRIES && first != null && !each.equals(ancient)) {
                merge(each, entries.containsKey(ancient) ? ancient : first, ancient);
                left--;
            }
        }
    }

    private void merge(FieldOwner one, FieldOwner older, FieldOwner into) {
        FieldSet merged = of(one).union(of(older));
        String time = time(one);
        entries.remove(one);
        entries.remove(older);
        entries.put(into, new Entry(merged, time));
    }

    /** What one owner owns since when. */
    private record Entry(FieldSet fields, String time) {}
}
