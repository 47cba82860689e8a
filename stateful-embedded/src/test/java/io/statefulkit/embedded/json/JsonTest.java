package io.statefulkit.embedded.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

class JsonTest {

    @Test
    void numbers_are_the_same_whatever_their_width() {
        assertThat(Json.same(Json.parse("30"), LongNode.valueOf(30))).isTrue();
        assertThat(Json.same(Json.parse("1.0"), Json.parse("1"))).isTrue();
        assertThat(Json.same(Json.parse("1"), Json.parse("\"1\""))).isFalse();
    }

    @Test
    void the_order_of_fields_does_not_count_and_that_of_elements_does() {
        assertThat(Json.same(Json.parse("{\"a\":1,\"b\":2}"), Json.parse("{\"b\":2,\"a\":1}")))
                .isTrue();
        assertThat(Json.same(Json.parse("[1,2]"), Json.parse("[2,1]"))).isFalse();
        assertThat(Json.same(Json.parse("{\"a\":null}"), Json.parse("{}"))).isFalse();
    }

    /** A comparison that visits nodes twice a level would need more steps here than there are atoms. */
    @Test
    void deep_trees_are_compared_in_one_visit_of_each_node() {
        assertThat(Json.same(deep(400), deep(400))).isTrue();
        assertThat(Json.same(deep(400), deep(401))).isFalse();
    }

    @Test
    void a_shallow_copy_leaves_the_metadata_of_the_original_alone() {
        ObjectNode object = (ObjectNode) Json.parse("{\"metadata\":{\"name\":\"a\"},\"spec\":{}}");

        ObjectNode copy = Json.shallowCopyWithMetadata(object);
        Json.child(copy, "metadata").put("name", "b");

        assertThat(Json.text(object, "metadata", "name")).isEqualTo("a");
        assertThat(copy.path("spec")).isSameAs(object.path("spec"));
    }

    private static JsonNode deep(int levels) {
        ObjectNode node = Json.object().put("end", true);
        for (int i = 0; i < levels; i++) {
            ObjectNode outer = Json.object();
            outer.set("a", node);
            outer.putArray("b").add(i);
            node = outer;
        }
        return node;
    }
}
