package io.statefulkit.embedded.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.statefulkit.embedded.api.Warnings;
import io.statefulkit.embedded.http.protobuf.Protobuf;
import io.statefulkit.embedded.json.DuplicateFields;
import io.statefulkit.embedded.json.Json;
import io.statefulkit.embedded.json.JsonProblem;
import io.statefulkit.embedded.json.JsonSyntax;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.List;

/** Reads bodies of requests: JSON, YAML. */
final class Bodies {

    private static final String PROTOBUF = "application/vnd.kubernetes.protobuf";
    private static final String TYPE = "struct { APIVersion string \"json:\\\"apiVersion,omitempty\\\"\"; Kind string"
            + " \"json:\\\"kind,omitempty\\\"\" }";
    private static final YAMLMapper YAML = new YAMLMapper();

    private Bodies() {}

    /** Reads the object that is to be written. */
    static ObjectNode object(Call call, String kind) {
        JsonNode node = switch (call.contentType()) {
            case "application/json", "" -> json(call, kind);
            case "application/yaml", "application/x-yaml", "text/yaml" -> yaml(call.body(), kind);
            case PROTOBUF -> protobuf(call.body(), kind);
            default -> throw unknown();
        };
        if (node instanceof ObjectNode object) {
            return object;
        }
        throw unrecognised(
                kind, "json: cannot unmarshal " + goName(node) + " into Go value of type " + TYPE, call.body());
    }

    /** Reads a patch; {@code apply} says that it may be YAML. */
    static JsonNode patch(Buffer body, boolean yaml, String kind) {
        if (yaml && (body.length() == 0 || body.getByte(0) != '{')) {
            return yaml(body, kind);
        }
        try {
            JsonNode node = Json.parse(body.getBytes());
            if (node != null && !node.isMissingNode()) {
                return node;
            }
        } catch (IOException e) {
            throw Refusal.badRequest("error decoding patch: " + syntax(body, e));
        }
        throw Refusal.badRequest("error decoding patch: unexpected end of JSON input");
    }

    private static JsonNode json(Call call, String kind) {
        Buffer body = call.body();
        try {
            JsonNode node = Json.parse(body.getBytes());
            if (node == null || node.isMissingNode()) {
                throw unrecognised(kind, "unexpected end of JSON input", body);
            }
            duplicates(call, kind);
            return node;
        } catch (JsonProcessingException e) {
            throw unrecognised(kind, JsonProblem.of(e), body);
        } catch (IOException e) {
            throw unrecognised(kind, syntax(body, e), body);
        }
    }

    /** Warns of fields that are there twice, or refuses them, as the client wants. */
    private static void duplicates(Call call, String kind) {
        String wanted = call.query().text("fieldValidation");
        if (wanted.equals("Ignore")) {
            return;
        }
        List<String> texts = DuplicateFields.in(call.body().getBytes()).stream()
                .map(path -> "duplicate field \"" + path + "\"")
                .toList();
        if (!texts.isEmpty() && wanted.equals("Strict")) {
            throw Refusal.badRequest(kind + " in version \"v1\" cannot be handled as a " + kind
                    + ": strict decoding error: " + String.join(", ", texts));
        }
        texts.forEach(Warnings::add);
    }

    private static String syntax(Buffer body, IOException problem) {
        return JsonSyntax.problem(body.getBytes()).orElseGet(() -> reason(problem));
    }

    private static JsonNode yaml(Buffer body, String kind) {
        try {
            JsonNode node = YAML.readTree(body.getBytes());
            if (node == null || node.isMissingNode()) {
                throw unrecognised(kind, "unexpected end of YAML input", body);
            }
            return node;
        } catch (IOException | RuntimeException e) {
            if (e instanceof Refusal refusal) {
                throw refusal;
            }
            throw Refusal.badRequest("error converting YAML to JSON: " + reason(e));
        }
    }

    private static String goName(JsonNode node) {
        return switch (node.getNodeType()) {
            case ARRAY -> "array";
            case BOOLEAN -> "bool";
            case NUMBER -> "number";
            case STRING -> "string";
            default -> "value";
        };
    }

    private static Refusal unrecognised(String kind, String why, Buffer body) {
        String text = body.getString(0, Math.min(body.length(), 64));
        return Refusal.badRequest("the object provided is unrecognized (must be of type " + kind
                + "): couldn't get version/kind; json parse error: " + why + " (" + text + ")");
    }

    private static JsonNode protobuf(Buffer body, String kind) {
        try {
            return new Protobuf()
                    .read(body.getBytes())
                    .orElseThrow(() -> Refusal.of(
                            415,
                            "UnsupportedMediaType",
                            "this server does not read " + PROTOBUF + " bodies of this kind; with kubectl use: "
                                    + "kubectl create ... --dry-run=client -o yaml | kubectl apply -f -"));
        } catch (IllegalArgumentException e) {
            throw Refusal.badRequest("the object provided is unrecognized (must be of type " + kind
                    + "): couldn't get version/kind; protobuf error: " + reason(e));
        }
    }

    private static Refusal unknown() {
        return Refusal.of(
                415,
                "UnsupportedMediaType",
                "the body of the request was in an unknown format - accepted media types include: "
                        + "application/json, application/yaml, application/vnd.kubernetes.protobuf");
    }

    private static String reason(Exception e) {
        String message = e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.getMessage();
        return message == null
                ? e.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }
}
