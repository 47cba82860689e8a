package io.statefulkit.embedded.api.select;

import static io.statefulkit.embedded.api.ApiTests.failure;
import static io.statefulkit.embedded.api.ApiTests.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.ResourceCatalog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelectorTest {

    private static final ObjectNode OBJECT = json(
            "{'metadata':{'name':'p','labels':{'app':'db','tier':'1'}}," + "'status':{'phase':'Running'},'spec':{}}");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "app=db|true",
                "app==db,tier=1|true",
                "app=web|false",
                "app!=web|true",
                "none!=x|true",
                "app in (db, web)|true",
                "app notin (db)|false",
                "none notin (db)|true",
                "app|true",
                "!app|false",
                "!none|true",
                "tier>0|true",
                "tier<1|false",
                "in in (a)|false"
            })
    void label_selectors_match_as_in_kubernetes(String selector, boolean expected) {
        assertThat(LabelSelector.parse(selector).matches(OBJECT)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "metadata.name=p|true",
                "metadata.name!=p|false",
                "status.phase==Running,metadata.name=p|true",
                "spec.nodeName=|true",
                "spec.hostNetwork=false|true"
            })
    void field_selectors_match_as_in_kubernetes(String selector, boolean expected) {
        assertThat(FieldSelector.parse(ResourceCatalog.PODS, selector).matches(OBJECT))
                .isEqualTo(expected);
    }

    @Test
    void what_is_no_selector_is_refused() {
        assertThat(failure(() -> LabelSelector.parse("a in b")))
                .hasMessage("unable to parse requirement: found 'b' expected: '('");
        assertThat(failure(() -> LabelSelector.parse("a=b,")).code()).isEqualTo(400);
        assertThat(failure(() -> LabelSelector.parse("a=b c")).code()).isEqualTo(400);
        assertThat(failure(() -> FieldSelector.parse(ResourceCatalog.CONFIG_MAPS, "status.phase=x")))
                .hasMessage("field label not supported: status.phase");
    }

    @Test
    void a_selector_object_that_is_missing_matches_nothing_and_an_empty_one_everything() {
        assertThat(LabelSelector.of(json("{}").path("none")).matches(OBJECT)).isFalse();
        assertThat(LabelSelector.of(json("{}")).matches(OBJECT)).isTrue();
        assertThat(LabelSelector.of(json("{'matchExpressions':[{'key':'app','operator':'In','values':['db']}]}"))
                        .matches(OBJECT))
                .isTrue();
    }

    @Test
    void a_selector_is_written_in_a_stable_order() {
        assertThat(LabelSelector.of(json("{'matchLabels':{'b':'2','a':'1'}}"))).hasToString("a=1,b=2");
    }
}
