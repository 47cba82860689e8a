package io.statefulkit.embedded.api.patch;

import static io.statefulkit.embedded.api.ApiTests.failure;
import static io.statefulkit.embedded.api.ApiTests.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Failure;
import io.statefulkit.embedded.api.PatchType;
import io.statefulkit.embedded.json.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatchTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "objects merge            |{'a':{'b':1}}|{'a':{'c':2}}|{'a':{'b':1,'c':2}}",
                "null deletes             |{'a':1,'b':2}|{'a':null}|{'b':2}",
                "nulls in what is new go  |{}|{'a':{'b':null,'c':1}}|{'a':{'c':1}}",
                "plain lists are replaced |{'args':['a']}|{'args':['b']}|{'args':['b']}",
                "containers merge by name |{'containers':[{'name':'a','image':'1'},{'name':'b'}]}"
                        + "|{'containers':[{'name':'a','image':'2'}]}"
                        + "|{'containers':[{'name':'a','image':'2'},{'name':'b'}]}",
                "elements are deleted     |{'containers':[{'name':'a'},{'name':'b'}]}"
                        + "|{'containers':[{'$patch':'delete','name':'a'}]}|{'containers':[{'name':'b'}]}",
                "lists are replaced       |{'containers':[{'name':'a'}]}"
                        + "|{'containers':[{'name':'b'},{'$patch':'replace'}]}|{'containers':[{'name':'b'}]}",
                "objects are replaced     |{'a':{'b':1}}|{'a':{'$patch':'replace','c':2}}|{'a':{'c':2}}",
                "objects are deleted      |{'a':{'b':1}}|{'a':{'$patch':'delete'}}|{'a':{}}",
                "order is set             |{'containers':[{'name':'a'},{'name':'b'},{'name':'c'}]}"
                        + "|{'$setElementOrder/containers':[{'name':'c'},{'name':'a'}]}"
                        + "|{'containers':[{'name':'c'},{'name':'a'},{'name':'b'}]}",
                "finalizers are a set     |{'finalizers':['a','b']}|{'finalizers':['c'],"
                        + "'$deleteFromPrimitiveList/finalizers':['a']}|{'finalizers':['b','c']}",
                "keys are retained        |{'strategy':{'type':'RollingUpdate','rollingUpdate':{}}}"
                        + "|{'strategy':{'$retainKeys':['type'],'type':'Recreate'}}|{'strategy':{'type':'Recreate'}}",
                "gates are lifted singly  |{'schedulingGates':[{'name':'a'},{'name':'b'}]}|{'$setElementOrder/schedulingGates':"
                        + "[{'name':'b'}],'schedulingGates':[{'$patch':'delete','name':'a'}]}"
                        + "|{'schedulingGates':[{'name':'b'}]}",
                "ports have two keys      |{'spec':{'ports':[{'port':80,'name':'a'}]}}"
                        + "|{'spec':{'ports':[{'port':80,'name':'b'}]}}|{'spec':{'ports':[{'port':80,'name':'b'}]}}"
            })
    void strategic_merge(String what, String object, String patch, String expected) {
        ObjectNode patched = Patches.apply(PatchType.STRATEGIC, json(object), json(patch));

        assertThat(patched).as(what).isEqualTo(json(expected));
    }

    @Test
    void a_patch_never_touches_the_object_it_is_applied_to() {
        ObjectNode object = json("{'spec':{'containers':[{'name':'a','env':[{'name':'x','value':'1'}]}]}}");
        ObjectNode before = object.deepCopy();

        Patches.apply(
                PatchType.STRATEGIC,
                object,
                json("{'spec':{'containers':[{'name':'a','env':[{'name':'x','value':'2'}]}]}}"));
        Patches.apply(PatchType.MERGE, object, json("{'spec':{'containers':null}}"));
        Patches.apply(PatchType.JSON, object, Json.parse("[{\"op\":\"remove\",\"path\":\"/spec\"}]"));

        assertThat(object).isEqualTo(before);
    }

    @Test
    void a_json_patch_that_cannot_be_read_is_a_bad_request_and_one_that_fails_is_not() {
        ObjectNode object = json("{'a':1}");

        assertThat(failure(() -> Patches.apply(PatchType.JSON, object, json("{}")))
                        .code())
                .isEqualTo(400);
        assertThat(failure(() ->
                                Patches.apply(PatchType.JSON, object, Json.parse("[{\"op\":\"fly\",\"path\":\"/a\"}]")))
                        .code())
                .isIn(400, 422);
        assertThat(failure(() -> Patches.apply(
                                PatchType.JSON, object, Json.parse("[{\"op\":\"test\",\"path\":\"/a\",\"value\":2}]")))
                        .code())
                .isEqualTo(422);
    }

    @Test
    void a_json_patch_removes_and_replaces_only_what_is_there() {
        ObjectNode object = json("{'a':1}");

        for (String op : List.of("remove", "replace")) {
            assertThat(failure(() -> Patches.apply(
                                    PatchType.JSON,
                                    object,
                                    Json.parse("[{\"op\":\"" + op + "\",\"path\":\"/b\",\"value\":1}]")))
                            .code())
                    .isEqualTo(422);
        }
        assertThat(Patches.apply(
                        PatchType.JSON,
                        object,
                        Json.parse(
                                "[{\"op\":\"add\",\"path\":\"/b\",\"value\":1},{\"op\":\"remove\",\"path\":\"/b\"}]")))
                .isEqualTo(object);
    }

    @Test
    void an_element_without_its_key_is_refused() {
        Failure failure = failure(() -> Patches.apply(
                PatchType.STRATEGIC, json("{'containers':[{'name':'a'}]}"), json("{'containers':[{'image':'x'}]}")));

        assertThat(failure).hasMessageContaining("does not contain declared merge key: name");
    }

    @Test
    void an_unknown_directive_is_refused() {
        Failure failure = failure(
                () -> Patches.apply(PatchType.STRATEGIC, json("{'a':{'b':1}}"), json("{'a':{'$patch':'frob','b':2}}")));

        assertThat(failure.code()).isEqualTo(500);
        assertThat(failure).hasMessage("unknown patch type: frob in map: map[$patch:frob b:2]");
    }
}
