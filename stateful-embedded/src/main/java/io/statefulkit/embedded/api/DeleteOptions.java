package io.statefulkit.embedded.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.json.Json;
import io.statefulkit.embedded.schema.Types;
import java.util.OptionalInt;

/**
 * How to delete; empty texts stand for what was not given.
 *
 * @param gracePeriodSeconds the grace, when given
 * @param propagationPolicy {@code Background}, {@code Foreground}, {@code Orphan} or empty
 * @param uid the uid the object must have, or empty
 * @param resourceVersion the revision the object must have, or empty
 * @param dryRun whether nothing is stored
 */
public record DeleteOptions(
        OptionalInt gracePeriodSeconds, String propagationPolicy, String uid, String resourceVersion, boolean dryRun) {

    /** A plain delete. */
    public static final DeleteOptions DEFAULT = new DeleteOptions(OptionalInt.empty(), "", "", "", false);

    /** Returns a plain delete of the object with this uid only. */
    public static DeleteOptions ofUid(String uid) {
        return new DeleteOptions(OptionalInt.empty(), "", uid, "", false);
    }

    /**
     * Reads the body of a request.
     *
     * @throws Failure 400 when it is something else, or a value has a wrong type
     */
    public static ObjectNode checked(ObjectNode body) {
        String kind = Json.text(body, "kind");
        String named = kind.isEmpty() ? "DeleteOptions" : kind;
        String prefix = named + " in version \"v1\" cannot be handled as a DeleteOptions: ";
        if (!named.equals("DeleteOptions")) {
            throw Failures.badRequest(prefix + "no kind \"" + kind + "\" is registered for version \""
                    + Json.text(body, "apiVersion") + "\" in scheme \"pkg/api/legacyscheme/scheme.go:30\"");
        }
        return new Decoder(prefix).decode(Types.all().of("DeleteOptions"), body);
    }

    /** Returns these options with a grace period. */
    public DeleteOptions withGrace(int seconds) {
        return new DeleteOptions(OptionalInt.of(seconds), propagationPolicy, uid, resourceVersion, dryRun);
    }

    /** Returns these options with a propagation policy. */
    public DeleteOptions withPropagation(String policy) {
        return new DeleteOptions(gracePeriodSeconds, policy, uid, resourceVersion, dryRun);
    }
}
