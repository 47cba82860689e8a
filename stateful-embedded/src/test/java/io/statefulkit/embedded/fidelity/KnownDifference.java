package io.statefulkit.embedded.fidelity;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the embedded cluster does differently from the recorded one, and why. */
enum KnownDifference {
    /** Discovery of schemas. */
    OPENAPI_STUB(
            "The OpenAPI document has no schemas: kubectl needs only to know that the server validates fields.",
            "GET /openapi/v3"),
    /** Build facts of the server. */
    VERSION_FACTS(
            "/version names another compiler and no commit: this is another program.",
            "GET /version \\| \\.(compiler|gitCommit|goVersion|platform)"),
    /** What a machine is made of. */
    NODE_FACTS(
            "The node is this machine without a container runtime: no image list, no machine id, processes as runtime.",
            "GET /api/v1/nodes"),
    /** What only a container runtime reports. */
    RUNTIME_FACTS(
            "Container statuses carry neither the user nor the resources that only a container runtime reports, and"
                    + " pull errors have another text.",
            "\\.(user|resources|allocatedResources)(\\.\\S+)?: expected|state\\.waiting\\.message"),
    /** Where volumes are, and how their class came. */
    VOLUME_FACTS(
            "Volumes live in the work directory of the cluster, and their class was not applied with kubectl.",
            "hostPath\\.path|storageclasses \\| .*last-applied-configuration"),
    /** Back-off is shown while it lasts. */
    BACK_OFF_SHOWN_AT_ONCE(
            "CrashLoopBackOff and ImagePullBackOff are shown for as long as the wait lasts; a kubelet keeps showing"
                    + " what went wrong until shortly before the next try.",
            "ImagePullBackOff|pods/.*(CrashLoopBackOff|app:terminated/(Error|StartError)/\\d+\\(restarts \\d\\))"
                    + " deleting|pods/.*CrashLoopBackOff\\(restarts \\d\\)"),
    /** Texts of decoders and differs. */
    ERROR_TEXTS(
            "The tail of some messages comes from another JSON decoder, or lacks the dump of two compared objects.",
            "json parse error|pod updates may not change fields|persistentvolumeclaims/\\S+ .*\\.message"),
    /** Events of system components. */
    EVENT_SOURCES(
            "Events of the scheduler and the provisioner name the component without the name of its host.",
            "/events \\| "),
    /** Revisions of a set that was deleted without its dependents. */
    REVISIONS_ARE_ADOPTED(
            "A set that is created again takes over the revision that an orphaning deletion left; the recorded one"
                    + " makes another revision beside it.",
            "sts-delete-recreate \\| controllerrevisions/"),
    /** Moments that are shorter or longer. */
    MOMENTS(
            "Some moments are shorter or longer: a pod that is deleted by force may be seen terminating by its"
                    + " endpoints before it is gone, and the old pod of a Recreate may be gone when the recorded one was"
                    + " not.",
            "endpointslices/.* member |deploy-recreate-update \\| DELETE .*/pods/.* seen 404");

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
