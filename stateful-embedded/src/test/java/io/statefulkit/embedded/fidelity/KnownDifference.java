package io.statefulkit.embedded.fidelity;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the embedded cluster does differently from the recorded one, and why. */
enum KnownDifference {
    /** Discovery of schemas. */
    OPENAPI_STUB(
            "The OpenAPI document has no schemas: kubectl needs only to know that the server validates fields.",
            "GET /openapi/v3 \\| "),
    /** Build facts of the server. */
    VERSION_FACTS(
            "/version names another compiler and no commit: this is another program.",
            "GET /version \\| \\.(compiler|gitCommit|goVersion): "),
    /** What a machine is made of. */
    NODE_FACTS(
            "The node is this machine without a container runtime: no image list, no machine id, processes as runtime.",
            "GET /api/v1/nodes \\| \\.(items|rows)\\[0\\]\\."),
    /** What only a container runtime says. */
    RUNTIME_FACTS(
            "Errors of images and programs have another text than a container runtime's, and pods have no control group"
                    + " whose limits their status could show.",
            "ontainerStatuses\\[\\w+\\]\\.\\w+\\.(waiting|terminated)\\.message|event Pod \\S+ Failed \\| invents"
                    + " \\.message|\\.status\\.resources\\.limits\\b"),
    /** Back-off ends to the second. */
    RESTARTS_ON_TIME(
            "A container starts again when its back-off is over, not a random time later: a pod that is deleted may"
                    + " have been restarted once more, or once less.",
            "pods/(nocmd|onfail)#1 object \\| invented or reordered: .*\\(restarts \\d\\) deleting"),
    /** Texts of decoders and differs. */
    ERROR_TEXTS(
            "The tail of two messages comes from another JSON decoder, or lacks the dump of two compared objects.",
            "message: expected .*(json parse error|pod updates may not change fields)"),
    /** Fields that are there without a value. */
    EXPLICIT_NULLS(
            "Fields that Kubernetes writes although they have no value are absent.",
            "expected (null|\"\"), seen nothing$|lacks the field \\S+ \\[(null|\"\")\\]$"),
    /** A pod that is gone earlier. */
    PODS_GO_AT_ONCE(
            "A pod that ended is gone at once; the recorded one was still there to be deleted again.",
            "deploy-recreate-update \\| DELETE \\S+/pods/\\S+ \\| expected status 200, seen 404 ");

    private final String reason;
    private final Pattern pattern;

    KnownDifference(String reason, String pattern) {
        this.reason = reason;
        this.pattern = Pattern.compile(pattern);
    }

    String reason() {
        return reason;
    }

    /** Returns which known difference explains one that was found. */
    static Optional<KnownDifference> explaining(Difference difference) {
        String text = difference.toString();
        return Arrays.stream(values())
                .filter(known -> known.pattern.matcher(text).find())
                .findFirst();
    }
}
