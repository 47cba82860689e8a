package io.statefulkit.embedded.api.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.statefulkit.embedded.api.Failure;
import io.statefulkit.embedded.api.ResourceCatalog;
import io.statefulkit.embedded.api.ResourceType;
import io.statefulkit.embedded.json.Json;
import io.statefulkit.embedded.schema.Field;
import io.statefulkit.embedded.schema.FieldType;
import io.statefulkit.embedded.schema.FieldType.ListOf;
import io.statefulkit.embedded.schema.FieldType.MapOf;
import io.statefulkit.embedded.schema.FieldType.Scalar;
import io.statefulkit.embedded.schema.Struct;
import io.statefulkit.embedded.schema.Types;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Every field of every kind, with a value of its type and with values of other types. */
class DecoderTest {

    private static final JsonNode TEXT = TextNode.valueOf("not of this type");

    private record Place(String name, Struct struct, String field, FieldType type) {}

    @Test
    void a_value_of_the_right_type_is_taken_in_every_field() {
        for (Place place : places()) {
            ObjectNode object = with(place, right(place.type()));

            assertThatCode(() -> new Decoder("").decode(place.struct(), object))
                    .as(place.name())
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void a_value_of_another_type_is_refused_in_every_field() {
        for (Place place : places()) {
            for (JsonNode wrong : wrong(place.type())) {
                ObjectNode object = with(place, wrong);

                Failure failure =
                        catchThrowableOfType(Failure.class, () -> new Decoder("").decode(place.struct(), object));

                assertThat(failure).as("%s with %s", place.name(), wrong).isNotNull();
                assertThat(failure.code()).as(place.name()).isEqualTo(400);
                assertThat(failure.getMessage())
                        .as(place.name())
                        .containsAnyOf("cannot unmarshal", "quantities must match", "illegal base64", "parsing time");
            }
        }
    }

    @Test
    void an_unknown_field_is_named_with_its_place_in_every_struct() {
        for (Place place : places()) {
            if (place.type() instanceof Struct) {
                ObjectNode object = Json.object();
                object.putObject(place.field()).put("frob", 1);
                Decoder decoder = new Decoder("");

                decoder.decode(place.struct(), object);

                assertThat(decoder.unknown()).as(place.name()).containsExactly(place.field() + ".frob");
            }
        }
    }

    private static ObjectNode with(Place place, JsonNode value) {
        ObjectNode object = Json.object();
        object.set(place.field(), value);
        return object;
    }

    private static List<Place> places() {
        List<Place> places = new ArrayList<>();
        Set<Struct> seen = new HashSet<>();
        for (ResourceType type : new ResourceCatalog().types()) {
            Types.all().find(type.kind()).ifPresent(struct -> collect(struct, seen, places));
        }
        assertThat(places).hasSizeGreaterThan(500);
        return places;
    }

    private static void collect(FieldType type, Set<Struct> seen, List<Place> places) {
        if (type instanceof ListOf list) {
            collect(list.elements(), seen, places);
        } else if (type instanceof MapOf map) {
            collect(map.values(), seen, places);
        } else if (type instanceof Struct struct && seen.add(struct)) {
            for (Map.Entry<String, Field> field : struct.fields().entrySet()) {
                FieldType inner = field.getValue().type();
                places.add(new Place(struct.name() + "." + field.getKey(), struct, field.getKey(), inner));
                collect(inner, seen, places);
            }
        }
    }

    private static JsonNode right(FieldType type) {
        if (type instanceof ListOf list) {
            return Json.object().arrayNode().add(right(list.elements()));
        }
        if (type instanceof MapOf map) {
            return Json.object().set("key", right(map.values()));
        }
        if (type instanceof Struct) {
            return Json.object();
        }
        return switch ((Scalar) type) {
            case STRING -> TextNode.valueOf("text");
            case TIME -> TextNode.valueOf("2026-01-02T03:04:05Z");
            case MICRO_TIME -> TextNode.valueOf("2026-01-02T03:04:05.000000Z");
            case INT32, INT64, FLOAT64, INT_OR_STRING -> IntNode.valueOf(7);
            case BOOL -> BooleanNode.TRUE;
            case QUANTITY -> TextNode.valueOf("1Gi");
            case BYTES -> TextNode.valueOf("YQ==");
            case ANY -> Json.object();
        };
    }

    private static List<JsonNode> wrong(FieldType type) {
        JsonNode object = Json.object();
        JsonNode list = Json.object().arrayNode();
        JsonNode number = IntNode.valueOf(7);
        JsonNode flag = BooleanNode.TRUE;
        if (type instanceof ListOf) {
            return List.of(TEXT, number, flag, object);
        }
        if (type instanceof MapOf || type instanceof Struct) {
            return List.of(TEXT, number, flag, list);
        }
        return switch ((Scalar) type) {
            case STRING -> List.of(number, flag, list, object);
            case TIME, MICRO_TIME -> List.of(TEXT, number, flag, list, object);
            case INT32, INT64, FLOAT64, BYTES, QUANTITY -> List.of(TEXT, flag, list, object);
            case INT_OR_STRING -> List.of(flag, list, object);
            case BOOL -> List.of(TEXT, number, list, object);
            case ANY -> List.of();
        };
    }
}
