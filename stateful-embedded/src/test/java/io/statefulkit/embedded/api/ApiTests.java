package io.statefulkit.embedded.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.json.Json;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What tests of the API share. */
final class ApiTests {

    static final WriteOptions ME = WriteOptions.by("test");

    private ApiTests() {}

    /** Parses JSON that is written with single quotes. */
    static ObjectNode json(String text) {
        return (ObjectNode) Json.parse(text.replace('\'', '"'));
    }

    static Failure failure(ThrowingCallable action) {
        Failure failure = catchThrowableOfType(Failure.class, action);
        assertThat(failure).as("a failure").isNotNull();
        return failure;
    }

    static ObjectNode pod(String name) {
        return json("{'metadata':{'name':'" + name + "'},'spec':{'containers':[{'name':'c','image':'busybox:1'}]}}");
    }

    static ObjectNode configMap(String name) {
        return json("{'metadata':{'name':'" + name + "'},'data':{'k':'v'}}");
    }

    static String name(ObjectNode object) {
        return Json.text(object, "metadata", "name");
    }

    static String revision(ObjectNode object) {
        return Json.text(object, "metadata", "resourceVersion");
    }
}
