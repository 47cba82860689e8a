package io.statefulkit.embedded.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes JSON that looks a little like Kubernetes objects, and spoils objects that are right. */
final class RandomJson {

    private static final List<String> NAMES = List.of(
            "metadata",
            "spec",
            "status",
            "name",
            "namespace",
            "labels",
            "annotations",
            "finalizers",
            "ownerReferences",
            "managedFields",
            "resourceVersion",
            "uid",
            "replicas",
            "selector",
            "matchLabels",
            "template",
            "containers",
            "image",
            "command",
            "env",
            "ports",
            "port",
            "volumes",
            "volumeMounts",
            "data",
            "$patch",
            "$retainKeys",
            "$setElementOrder/containers",
            "$deleteFromPrimitiveList/finalizers",
            "kind",
            "apiVersion",
            "op",
            "path",
            "value",
            "fieldsV1",
            "f:spec",
            "k:{\"name\":\"a\"}",
            "conditions",
            "type",
            "resources",
            "requests",
            "storage",
            "");
    private static final List<String> TEXTS = List.of(
            "",
            "a",
            "db",
            "delete",
            "replace",
            "/spec/replicas",
            "/metadata/labels/x",
            "-1",
            "10Gi",
            "Always",
            "ConfigMap",
            "v1",
            "None",
            "\u0000",
            "ä",
            "a/b/c",
            "remove",
            "add",
            "test",
            "move",
            "2026-01-01T00:00:00Z",
            "x".repeat(300));

    private final Random random;

    RandomJson(long seed) {
        this.random = new Random(seed);
    }

    int number(int bound) {
        return random.nextInt(bound);
    }

    ObjectNode object(int depth) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (int i = random.nextInt(5); i > 0; i--) {
            object.set(pick(NAMES), value(depth - 1));
        }
        return object;
    }

    JsonNode value(int depth) {
        JsonNodeFactory make = JsonNodeFactory.instance;
        return switch (random.nextInt(depth > 0 ? 9 : 6)) {
            case 0 -> make.nullNode();
            case 1 -> make.booleanNode(random.nextBoolean());
            case 2 -> make.numberNode(random.nextInt(100) - 10);
            case 3 -> make.numberNode(random.nextLong());
            case 4 -> make.numberNode(random.nextDouble() * 1e10);
            case 5 -> make.textNode(pick(TEXTS));
            case 6 -> array(depth);
            default -> object(depth);
        };
    }

    private ArrayNode array(int depth) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (int i = random.nextInt(4); i > 0; i--) {
            array.add(value(depth - 1));
        }
        return array;
    }

    /** Changes, adds or removes something somewhere in a copy. */
    ObjectNode spoil(ObjectNode object) {
        ObjectNode copy = object.deepCopy();
        for (int i = 1 + random.nextInt(2); i > 0; i--) {
            spoilOnce(copy);
        }
        return copy;
    }

    private void spoilOnce(JsonNode root) {
        List<JsonNode> containers = new ArrayList<>();
        collect(root, containers);
        JsonNode victim = containers.get(random.nextInt(containers.size()));
        if (victim instanceof ObjectNode object) {
            List<String> fields = new ArrayList<>();
            object.fieldNames().forEachRemaining(fields::add);
            String field = fields.isEmpty() || random.nextInt(4) == 0 ? pick(NAMES) : pick(fields);
            if (random.nextInt(3) == 0) {
                object.remove(field);
            } else {
                object.set(field, value(3));
            }
        } else if (victim instanceof ArrayNode array) {
            if (!array.isEmpty() && random.nextBoolean()) {
                array.set(random.nextInt(array.size()), value(3));
            } else {
                array.add(value(3));
            }
        }
    }

    private static void collect(JsonNode node, List<JsonNode> containers) {
        if (node.isContainerNode()) {
            containers.add(node);
            node.forEach(child -> collect(child, containers));
        }
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
