package io.statefulkit.embedded.api.decode;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Failure;
import io.statefulkit.embedded.api.Failures;
import io.statefulkit.embedded.json.Json;
import io.statefulkit.embedded.schema.Types;

/** What a client says about a deletion in the body of its request. */
public final class DeleteBody {

    private DeleteBody() {}

    /**
     * Reads the body of a request.
     *
     * @throws Failure 400 when it is something else, or a value has a wrong type
     */
    public static ObjectNode read(ObjectNode body) {
        String kind = Json.text(body, "kind");
        String named = kind.isEmpty() ? "DeleteOptions" : kind;
        String prefix = named + " in version \"v1\" cannot be handled as a DeleteOptions: ";
        if (!named.equals("DeleteOptions")) {
            throw Failures.badRequest(prefix + "no kind \"" + kind + "\" is registered for version \""
                    + Json.text(body, "apiVersion") + "\" in scheme \"pkg/api/legacyscheme/scheme.go:30\"");
        }
        return new Decoder(prefix).decode(Types.all().of("DeleteOptions"), body);
    }
}
