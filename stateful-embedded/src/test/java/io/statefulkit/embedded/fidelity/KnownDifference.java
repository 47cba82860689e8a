package io.statefulkit.embedded.fidelity;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the embedded cluster does differently from the recorded one, and why. */
enum KnownDifference {
    /** Build facts of the server. */
    VERSION_FACTS(
            "/version names another compiler and no commit: this is another program.",
            "GET /version \\| \\.(compiler|gitCommit|goVersion): "),
    /** What a machine is made of. */
    NODE_FACTS(
            "The node is this machine without a container runtime: its sizes, versions and ids are others, it has no image"
                    + " list, no huge pages and no features of a kubelet, and a label and an address range of its own.",
            "GET /api/v1/nodes \\| \\.(items|rows)\\[0\\]\\.(object\\.)?(metadata\\.annotations|metadata\\.labels\\.statefulkit"
                    + "\\.io/isolation|spec\\.podCIDRs?|status\\.(allocatable|capacity)\\.(memory|pods|ephemeral-storage"
                    + "|hugepages-\\w+)|status\\.(daemonEndpoints|declaredFeatures|features|images|runtimeHandlers)"
                    + "|status\\.nodeInfo\\.(bootID|containerRuntimeVersion|kernelVersion|kubeProxyVersion|machineID"
                    + "|osImage|systemUUID)|cells\\[[789]\\]): "),
    /** What a container runtime says. */
    RUNTIME_ERRORS(
            "Errors of images and programs that are missing have another text than a container runtime's.",
            "(db-1|img|nocmd)(#\\d)? (Failed )?\\| (invents )?\\.(status\\.containerStatuses\\[\\w+\\]\\.\\w+\\.(waiting|terminated)"
                    + "\\.)?message"),
    /** The dump of two compared pods. */
    DUMP_OF_PODS(
            "The refusal of a change of a pod lacks the dump of the two compared pods that follows the message.",
            "message: expected \"(.+ \\(allow it to be set to 1 if it was previously negative\\))\\\\n@@ .*, seen \"\\1\"$"),
    /** A deletion between two restarts. */
    DELETED_BETWEEN_RESTARTS(
            "A pod whose container fails again and again may be deleted at another moment of its back-off than the recorded"
                    + " one.",
            "pods/(crash|nocmd|onfail)#1( object)? \\| (invented or reordered: .*(deleting|CrashLoopBackOff\\(restarts [23]\\))$"
                    + "|invents \\.status\\.containerStatuses\\[app\\]\\.state\\.waiting\\.message \\[\"back-off [24]0s)"),
    /** A lock file of a server that was killed. */
    LOCK_OF_A_KILLED_SERVER(
            "A PostgreSQL server that finds the lock file of a killed one may end once and be restarted: the process id in it"
                    + " may be that of another process of its pod.",
            "postgres-lifecycle \\| (pods/pg-0#3( object)? \\| (invents|lacks|invented)|Pod pg-0 \\| invents the event Warning"
                    + " BackOff)"),
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
