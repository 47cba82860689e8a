package io.statefulkit.embedded.api.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Failure;
import io.statefulkit.embedded.api.Failures;
import io.statefulkit.embedded.api.PatchType;
import io.statefulkit.embedded.api.ResourceType;
import io.statefulkit.embedded.api.Violation;
import io.statefulkit.embedded.api.WriteOptions;
import io.statefulkit.embedded.api.decode.Body;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads an object after a patch: what does not fit the kind any more is the fault of the patch. */
public final class PatchedBody {

    private static final Pattern UNMARSHAL =
            Pattern.compile("json: cannot unmarshal (.+) into Go struct field \\S+ of type (.+)");

    private PatchedBody() {}

    public static ObjectNode decode(
            ResourceType type, PatchType patchType, JsonNode patch, ObjectNode patched, WriteOptions options) {
        try {
            return Body.decode(type, patched, options.validation());
        } catch (Failure failure) {
            String prefix = Body.prefix(type);
            String message = failure.status().path("message").asText();
            if (!message.startsWith(prefix) || message.startsWith(prefix + "strict")) {
                throw failure;
            }
            boolean strategic = patchType == PatchType.STRATEGIC;
            String problem = message.substring(prefix.length());
            throw Failures.invalid(
                    "",
                    "",
                    "",
                    List.of(Violation.invalid(
                            "patch",
                            strategic ? GoText.of(patch) : Violation.show(patched),
                            strategic ? converted(problem) : problem)));
        }
    }

    /** A strategic merge patch is read by a converter with words of its own. */
    private static String converted(String problem) {
        Matcher matcher = UNMARSHAL.matcher(problem);
        if (!matcher.matches()) {
            return problem;
        }
        String found = matcher.group(1);
        String type = matcher.group(2);
        String kind = found.equals("array") ? "slice" : found.equals("object") ? "map" : goType(found);
        if (type.startsWith("map[")) {
            return "cannot restore map from " + kind;
        }
        if (type.startsWith("[]")) {
            return "cannot restore slice from " + kind;
        }
        if (type.startsWith("v1.")) {
            return "cannot restore struct from: " + kind;
        }
        boolean number = found.startsWith("number");
        // Whole numbers can become texts in Go, if only as a character: that is refused in other words.
        boolean related = number && (type.startsWith("int") || (type.equals("string") && kind.equals("int64")));
        return related ? "cannot convert " + kind + " to " + type : "unrecognized type: " + type;
    }

    private static String goType(String found) {
        if (!found.startsWith("number")) {
            return found;
        }
        return found.contains(".") ? "float64" : "int64";
    }
}
