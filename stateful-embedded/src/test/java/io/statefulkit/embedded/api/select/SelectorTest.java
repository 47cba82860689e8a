package io.statefulkit.embedded.api.select;

import static io.statefulkit.embedded.api.ApiTests.failure;
import static io.statefulkit.embedded.api.ApiTests.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Failure;
import io.statefulkit.embedded.api.ResourceCatalog;
import io.statefulkit.embedded.api.ResourceType;
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
                "in in (a)|false",
                "none in ()|false",
                "app in (,db)|true",
                "app notin (in,notin)|true",
                " app = db , tier|true"
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
                "spec.hostNetwork=false|true",
                "metadata.name!=a\\,b,status.phase=Running|true",
                ",,|true"
            })
    void field_selectors_match_as_in_kubernetes(String selector, boolean expected) {
        assertThat(FieldSelector.parse(ResourceCatalog.PODS, selector).matches(OBJECT))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "a in b|~unable to parse requirement: found 'b' expected: '('~",
                "a in (b|~unable to parse requirement: found '', expected: ',' or ')'~",
                "a in (b c)|~unable to parse requirement: found 'c', expected: ',' or ')'~",
                "a in (=)|~unable to parse requirement: found '=', expected: ',', ')' or identifier~",
                "a in (b,=)|~unable to parse requirement: found '=', expected: ',', or identifier~",
                "a=b,|~found '', expected: identifier after ','~",
                "a=b c|~found 'c', expected: ',' or 'end of string'~",
                "!a=b|~found '=', expected: ',' or 'end of string'~",
                "=b|~found '=', expected: !, identifier, or 'end of string'~",
                "!|~unable to parse requirement: found '', expected: identifier~",
                "a=(|~unable to parse requirement: found '(', expected: identifier~",
                "a b|~unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt~",
                "a>b|~unable to parse requirement: values[0]: Invalid value: \"b\": for 'Gt', 'Lt' operators, the value"
                        + " must be an integer~"
            })
    void what_is_no_label_selector_is_refused_in_the_words_of_kubernetes(String selector, String message) {
        Failure failure = failure(() -> LabelSelector.parse(selector));

        assertThat(failure).hasMessage(message);
        assertThat(failure.code()).isEqualTo(400);
        assertThat(failure.reason()).isEqualTo("BadRequest");
    }

    @Test
    void keys_and_values_of_label_selectors_are_checked() {
        assertThat(failure(() -> LabelSelector.parse("-a=b")))
                .hasMessageStartingWith("unable to parse requirement: <nil>: Invalid value: \"-a\": name part must");
        assertThat(failure(() -> LabelSelector.parse("a=-b")))
                .hasMessageStartingWith(
                        "unable to parse requirement: values[0][a]: Invalid value: \"-b\": a valid label must");
        assertThat(failure(() -> LabelSelector.parse("a in (-c, b, -b)")))
                .hasMessageStartingWith("unable to parse requirement: [values[0][a]: Invalid value: \"-b\": a valid")
                .hasMessageContaining(", values[1][a]: Invalid value: \"-c\": a valid label must");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "pods|spec.nope=x|field label not supported: spec.nope",
                "pods|x,metadata.name=a|~invalid selector: 'x,metadata.name=a'; can't understand 'x'~",
                "pods|metadata.name=a=b|invalid field selector: unescaped character in value: 61",
                "pods|metadata.name=a\\b|invalid field selector: invalid escape sequence: \\b",
                "pods|metadata.name=a\\|invalid field selector: invalid escape sequence: \\",
                "nodes|metadata.namespace=a|field label not supported: metadata.namespace",
                "jobs|spec.x=1|field label \"spec.x\" not supported for batchv1.Job",
                "configmaps|status.phase=x|\"status.phase\" is not a known field selector: only \"metadata.name\","
                        + " \"metadata.namespace\""
            })
    void what_is_no_field_selector_is_refused_in_the_words_of_kubernetes(
            String plural, String selector, String message) {
        ResourceType type = new ResourceCatalog()
                .types().stream()
                        .filter(each -> each.plural().equals(plural))
                        .findFirst()
                        .orElseThrow();

        Failure failure = failure(() -> FieldSelector.parse(type, selector));

        assertThat(failure).hasMessage(message);
        assertThat(failure.reason()).isEqualTo("BadRequest");
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
