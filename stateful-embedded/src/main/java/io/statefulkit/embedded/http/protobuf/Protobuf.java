package io.statefulkit.embedded.http.protobuf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.statefulkit.embedded.json.Json;
import io.statefulkit.embedded.schema.Field;
import io.statefulkit.embedded.schema.FieldNumbers;
import io.statefulkit.embedded.schema.FieldNumbers.Form;
import io.statefulkit.embedded.schema.FieldNumbers.Numbered;
import io.statefulkit.embedded.schema.FieldType;
import io.statefulkit.embedded.schema.FieldType.ListOf;
import io.statefulkit.embedded.schema.FieldType.MapOf;
import io.statefulkit.embedded.schema.FieldType.Scalar;
import io.statefulkit.embedded.schema.Struct;
import io.statefulkit.embedded.schema.Types;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * Turns the binary form of an object into JSON. Clients written in Go send what they create in this form: an envelope
 * that names the kind, and the message of the kind in it.
 */
public final class Protobuf {

    private static final byte[] MAGIC = {'k', '8', 's', 0};
    private static final int MAX_DEPTH = 100;
    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter MICROS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private final FieldNumbers numbers = FieldNumbers.all();
    private int depth;

    /**
     * Returns the object, or empty when its kind has no binary form here.
     *
     * @throws IllegalArgumentException when it is malformed
     */
    public Optional<ObjectNode> read(byte[] body) {
        if (body.length < MAGIC.length || !Arrays.equals(body, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw new IllegalArgumentException("provided data does not appear to be a protobuf message");
        }
        Wire envelope = new Wire(Arrays.copyOfRange(body, MAGIC.length, body.length));
        ObjectNode type = Json.object();
        byte[] raw = {};
        while (envelope.hasNext()) {
            switch (envelope.next()) {
                case 1 -> readType(new Wire(envelope.bytes()), type);
                case 2 -> raw = envelope.bytes();
                default -> envelope.skip();
            }
        }
        byte[] message = raw;
        return Types.all()
                .find(type.path("kind").asText())
                .filter(struct -> !numbers.of(struct).isEmpty())
                .map(struct -> {
                    type.setAll(struct(struct, numbers.of(struct), message));
                    return type;
                });
    }

    private static void readType(Wire wire, ObjectNode type) {
        while (wire.hasNext()) {
            switch (wire.next()) {
                case 1 -> type.put("apiVersion", wire.text());
                case 2 -> type.put("kind", wire.text());
                default -> wire.skip();
            }
        }
    }

    private ObjectNode struct(Struct struct, Map<Integer, Numbered> fields, byte[] message) {
        if (++depth > MAX_DEPTH) {
            throw new IllegalArgumentException("exceeded max depth");
        }
        ObjectNode object = Json.object();
        Wire wire = new Wire(message);
        while (wire.hasNext()) {
            Numbered numbered = fields.get(wire.next());
            if (numbered == null) {
                wire.skip();
            } else if (numbered.form() == Form.INLINE) {
                object.setAll(struct(struct, numbers.ofInline(numbered.name()), wire.bytes()));
            } else {
                struct.field(numbered.name())
                        .map(Field::type)
                        .ifPresentOrElse(type -> field(object, numbered, type, wire), wire::skip);
            }
        }
        depth--;
        return object;
    }

    private void field(ObjectNode object, Numbered numbered, FieldType type, Wire wire) {
        if (numbered.form() != Form.PLAIN) {
            time(wire.bytes(), numbered.form() == Form.TIME ? SECONDS : MICROS)
                    .ifPresent(time -> object.put(numbered.name(), time));
        } else if (type instanceof ListOf list) {
            ArrayNode array = object.withArray("/" + numbered.name());
            array.add(value(list.elements(), wire));
        } else if (type instanceof MapOf map) {
            entry(Json.child(object, numbered.name()), map.values(), wire.bytes());
        } else {
            object.set(numbered.name(), value(type, wire));
        }
    }

    private void entry(ObjectNode map, FieldType values, byte[] message) {
        Wire wire = new Wire(message);
        String key = "";
        JsonNode value = TextNode.valueOf("");
        while (wire.hasNext()) {
            switch (wire.next()) {
                case 1 -> key = wire.text();
                case 2 -> value = value(values, wire);
                default -> wire.skip();
            }
        }
        map.set(key, value);
    }

    private JsonNode value(FieldType type, Wire wire) {
        if (type instanceof Struct struct) {
            return struct(struct, numbers.of(struct), wire.bytes());
        }
        if (!(type instanceof Scalar scalar)) {
            throw new IllegalArgumentException("a list of lists has no binary form");
        }
        return switch (scalar) {
            case STRING, TIME, MICRO_TIME -> TextNode.valueOf(wire.text());
            case BYTES -> TextNode.valueOf(Base64.getEncoder().encodeToString(wire.bytes()));
            case BOOL -> BooleanNode.valueOf(wire.number() != 0);
            case INT32 -> IntNode.valueOf((int) wire.number());
            case INT64 -> LongNode.valueOf(wire.number());
            case FLOAT64 -> DoubleNode.valueOf(Double.longBitsToDouble(wire.fixed64()));
            case QUANTITY -> TextNode.valueOf(first(wire.bytes()));
            case INT_OR_STRING -> intOrText(wire.bytes());
            case ANY -> any(wire.bytes());
        };
    }

    private static String first(byte[] message) {
        Wire wire = new Wire(message);
        String text = "";
        while (wire.hasNext()) {
            if (wire.next() == 1) {
                text = wire.text();
            } else {
                wire.skip();
            }
        }
        return text;
    }

    private static JsonNode intOrText(byte[] message) {
        Wire wire = new Wire(message);
        boolean textual = false;
        int number = 0;
        String text = "";
        while (wire.hasNext()) {
            switch (wire.next()) {
                case 1 -> textual = wire.number() == 1;
                case 2 -> number = (int) wire.number();
                case 3 -> text = wire.text();
                default -> wire.skip();
            }
        }
        return textual ? TextNode.valueOf(text) : IntNode.valueOf(number);
    }

    private static JsonNode any(byte[] message) {
        try {
            JsonNode value = Json.parse(first(message));
            return value == null || value.isMissingNode() ? Json.object() : value;
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("a part that should be JSON is not", e);
        }
    }

    private static Optional<String> time(byte[] message, DateTimeFormatter format) {
        Wire wire = new Wire(message);
        long seconds = 0;
        long nanos = 0;
        while (wire.hasNext()) {
            switch (wire.next()) {
                case 1 -> seconds = wire.number();
                case 2 -> nanos = wire.number();
                default -> wire.skip();
            }
        }
        try {
            return message.length == 0
                    ? Optional.empty()
                    : Optional.of(format.format(Instant.ofEpochSecond(seconds, nanos)));
        } catch (DateTimeException | ArithmeticException e) {
            throw new IllegalArgumentException("illegal time " + seconds, e);
        }
    }
}
