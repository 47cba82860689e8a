package io.statefulkit.embedded.api.decode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.statefulkit.embedded.api.Failure;
import io.statefulkit.embedded.api.Failures;
import io.statefulkit.embedded.api.value.Quantity;
import io.statefulkit.embedded.api.value.TimeText;
import io.statefulkit.embedded.json.Json;
import io.statefulkit.embedded.schema.Field;
import io.statefulkit.embedded.schema.FieldType;
import io.statefulkit.embedded.schema.FieldType.ListOf;
import io.statefulkit.embedded.schema.FieldType.MapOf;
import io.statefulkit.embedded.schema.FieldType.Scalar;
import io.statefulkit.embedded.schema.Struct;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Copies a tree as its type: fields that the type does not have are left out and listed, values of a wrong type are
 * refused, and what stands for "not given" is dropped, as it would be by decoding into a struct and encoding again.
 */
public final class Decoder {

    private final String prefix;
    private final List<String> unknown = new ArrayList<>();
    private boolean keepEmpty;

    /**
     * Makes a decoder for one object.
     *
     * @param prefix how the message about a wrong type begins
     */
    public Decoder(String prefix) {
        this.prefix = prefix;
    }

    /** Returns the paths of fields that were left out. */
    public List<String> unknown() {
        return unknown;
    }

    ObjectNode decode(Struct struct, ObjectNode node) {
        return struct(struct, node, new Place("", "", struct));
    }

    /** Decodes without dropping what is empty, which an applied configuration may own. */
    public ObjectNode decodeKeepingEmpty(Struct struct, ObjectNode node) {
        keepEmpty = true;
        return decode(struct, node);
    }

    private ObjectNode struct(Struct struct, ObjectNode node, Place place) {
        ObjectNode copy = Json.object();
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            Optional<Field> field = struct.field(entry.getKey());
            if (field.isEmpty()) {
                unknown.add(place.shown(entry.getKey()));
            } else if (!entry.getValue().isNull()) {
                Place inner = place.field(entry.getKey(), struct);
                JsonNode value = value(field.get().type(), entry.getValue(), inner);
                if (!omitted(field.get(), value)) {
                    copy.set(entry.getKey(), value);
                }
            }
        }
        return copy;
    }

    private boolean omitted(Field field, JsonNode value) {
        if (keepEmpty) {
            return false;
        }
        if (field.type() instanceof MapOf || field.type() instanceof ListOf) {
            return value.isEmpty();
        }
        boolean zero = (value.isTextual() && value.textValue().isEmpty())
                || (value.isBoolean() && !value.booleanValue())
                || (value.isNumber() && value.doubleValue() == 0);
        return zero && !field.keepsZero();
    }

    private JsonNode value(FieldType type, JsonNode value, Place place) {
        if (type instanceof Struct struct) {
            if (value instanceof ObjectNode object) {
                return struct(struct, object, place);
            }
            throw wrong(value, type, place);
        }
        if (type instanceof ListOf list) {
            return list(list, value, place);
        }
        if (type instanceof MapOf map) {
            return map(map, value, place);
        }
        return scalar((Scalar) type, value, place);
    }

    private JsonNode list(ListOf type, JsonNode value, Place place) {
        if (!(value instanceof ArrayNode array)) {
            throw wrong(value, type, place);
        }
        ArrayNode copy = array.arrayNode(array.size());
        for (int i = 0; i < array.size(); i++) {
            JsonNode element = array.get(i);
            if (element.isNull()) {
                copy.add(type.elements() instanceof Struct ? Json.object() : element);
            } else {
                copy.add(value(type.elements(), element, place.index(i)));
            }
        }
        return copy;
    }

    private JsonNode map(MapOf type, JsonNode value, Place place) {
        if (!(value instanceof ObjectNode object)) {
            throw wrong(value, type, place);
        }
        ObjectNode copy = Json.object();
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            JsonNode element = entry.getValue();
            JsonNode decoded = element.isNull()
                    ? (type.values() == Scalar.STRING || type.values() == Scalar.BYTES ? copy.textNode("") : null)
                    : value(type.values(), element, place);
            if (decoded != null) {
                copy.set(entry.getKey(), decoded);
            }
        }
        return copy;
    }

    private JsonNode scalar(Scalar type, JsonNode value, Place place) {
        boolean right = switch (type) {
            case STRING, TIME, MICRO_TIME -> value.isTextual();
            case BYTES -> value.isTextual() && base64(value.textValue());
            case BOOL -> value.isBoolean();
            case INT32 -> value.isIntegralNumber() && value.canConvertToInt();
            case INT64 -> value.isIntegralNumber() && value.canConvertToLong();
            case FLOAT64 -> value.isNumber();
            case QUANTITY -> quantity(value);
            case INT_OR_STRING -> value.isTextual() || (value.isIntegralNumber() && value.canConvertToInt());
            case ANY -> true;
        };
        if (!right) {
            throw wrong(value, type, place);
        }
        if (type == Scalar.QUANTITY) {
            return Quantity.canonical(value);
        }
        if (type == Scalar.TIME || type == Scalar.MICRO_TIME) {
            return time(value.textValue(), type == Scalar.TIME ? TimeText.SECONDS : TimeText.MICROS);
        }
        return type == Scalar.ANY ? value.deepCopy() : value;
    }

    private boolean quantity(JsonNode value) {
        if (!value.isTextual() && !value.isNumber()) {
            return false;
        }
        if (Quantity.parse(value).isEmpty()) {
            throw Failures.badRequest(prefix + "quantities must match the regular expression"
                    + " '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'");
        }
        return true;
    }

    private JsonNode time(String text, TimeText form) {
        try {
            return TextNode.valueOf(form.canonical(text));
        } catch (DateTimeException e) {
            throw Failures.badRequest(prefix + e.getMessage());
        }
    }

    private static boolean isText(FieldType type) {
        return type instanceof Scalar scalar && scalar.text();
    }

    private boolean base64(String text) {
        String bare = text.replace("\n", "").replace("\r", "");
        try {
            Base64.getDecoder().decode(bare);
            return bare.length() % 4 == 0 || illegalBase64(bare.length());
        } catch (IllegalArgumentException e) {
            return illegalBase64(firstIllegal(bare));
        }
    }

    private boolean illegalBase64(int at) {
        throw Failures.badRequest(prefix + "illegal base64 data at input byte " + at);
    }

    private static int firstIllegal(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!letter && c != '+' && c != '/' && !(c == '=' && i >= text.length() - 2)) {
                return i;
            }
        }
        return text.length();
    }

    private Failure wrong(JsonNode value, FieldType type, Place place) {
        String found = switch (value.getNodeType()) {
            case ARRAY -> "array";
            case BOOLEAN -> "bool";
            case NUMBER -> isText(type) || type == Scalar.BOOL ? "number" : "number " + value.asText();
            case STRING -> "string";
            default -> "object";
        };
        return Failures.badRequest(prefix + "json: cannot unmarshal " + found + " into Go struct field "
                + place.struct().name() + "." + place.bare() + " of type " + type.goName());
    }

    /** Where in the object the decoder is: with indexes as warnings show it, and bare as errors show it. */
    private record Place(String shown, String bare, Struct struct) {

        String shown(String field) {
            return shown.isEmpty() ? field : shown + "." + field;
        }

        Place field(String field, Struct owner) {
            return new Place(shown(field), bare.isEmpty() ? field : bare + "." + field, owner);
        }

        Place index(int index) {
            return new Place(shown + "[" + index + "]", bare, struct);
        }
    }
}
