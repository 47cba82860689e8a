package io.statefulkit.embedded.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.json.Json;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What tests of the API share. */
public final class ApiTests {

    public static final WriteOptions ME = WriteOptions.by("test");

    private ApiTests() {}

    /** Parses JSON that is written with single quotes. */
    public static ObjectNode json(String text) {
        return (ObjectNode) Json.parse(text.replace('\'', '"'));
    }

    public static Failure failure(ThrowingCallable action) {
        Failure failure = catchThrowableOfType(Failure.class, action);
        assertThat(failure).as("a failure").isNotNull();
        return failure;
    }

    public static ObjectNode pod(String name) {
        return json("{'metadata':{'name':'" + name + "'},'spec':{'containers':[{'name':'c','image':'busybox:1'}]}}");
    }

    public static ObjectNode configMap(String name) {
        return json("{'metadata':{'name':'" + name + "'},'data':{'k':'v'}}");
    }

    public static String name(ObjectNode object) {
        return Json.text(object, "metadata", "name");
    }

    public static String revision(ObjectNode object) {
        return Json.text(object, "metadata", "resourceVersion");
    }
}
