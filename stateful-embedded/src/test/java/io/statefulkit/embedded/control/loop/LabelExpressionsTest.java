package io.statefulkit.embedded.control.loop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelExpressionsTest {

    private static JsonNode json(String text) {
        return Json.parse(text.replace('\'', '"'));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'key':'disks','operator':'Gt','values':['3']}       | true",
                "{'key':'disks','operator':'Gt','values':['4']}       | false",
                "{'key':'disks','operator':'Lt','values':['5']}       | true",
                "{'key':'zone','operator':'Gt','values':['-1']}       | false",
                "{'key':'zone','operator':'Lt','values':['1']}        | false",
                "{'key':'gone','operator':'Gt','values':['-1']}       | false",
                "{'key':'zone','operator':'In','values':['a','b']}    | true",
                "{'key':'gone','operator':'In','values':['a']}        | false",
                "{'key':'zone','operator':'NotIn','values':['a']}     | false",
                "{'key':'gone','operator':'NotIn','values':['a']}     | true",
                "{'key':'zone','operator':'Exists'}                   | true",
                "{'key':'gone','operator':'Exists'}                   | false",
                "{'key':'gone','operator':'DoesNotExist'}             | true",
                "{'key':'zone','operator':'Unheard'}                  | false",
            })
    void expressions(String expression, boolean matches) {
        JsonNode labels = json("{'zone':'a','disks':'4'}");

        assertThat(Selector.matchesExpressions(json("[" + expression + "]"), labels))
                .isEqualTo(matches);
    }

    @Test
    void an_empty_selector_matches_everything_and_a_missing_one_nothing() {
        ObjectNode object = Json.object();

        assertThat(Selector.matches(Json.object(), new Resource(object))).isTrue();
        assertThat(Selector.matches(MissingNode.getInstance(), new Resource(object)))
                .isFalse();
        assertThat(Selector.matches(json("{'matchLabels':{'a':'b'}}"), new Resource(object)))
                .isFalse();
    }
}
