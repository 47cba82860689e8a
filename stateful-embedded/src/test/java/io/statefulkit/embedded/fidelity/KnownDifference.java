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
            "The node is this machine without a container runtime: its sizes, versions and ids are others, it has no"
                    + " image list, no huge pages and no features of a kubelet, and a label and an address range of its"
                    + " own.",
            "GET /api/v1/nodes \\|"
                    + " \\.(items|rows)\\[0\\]\\.(object\\.)?(metadata\\.annotations|metadata\\.labels\\.statefulkit"
                    + "\\.io/isolation|spec\\.podCIDRs?|status\\.(allocatable|capacity)\\.(cpu|memory|pods|ephemeral-storage"
                    + "|hugepages-\\w+)|status\\.(daemonEndpoints|declaredFeatures|features|images|runtimeHandlers)"
                    + "|status\\.nodeInfo\\.(bootID|containerRuntimeVersion|kernelVersion|kubeProxyVersion|machineID|osImage|systemUUID)|cells\\[[789]\\]):"
                    + " "),
    /** What is said of an image that is not here. */
    IMAGES_WITHOUT_A_REGISTRY(
            "An image that is missing is told with another text: no registry is asked for it, and the text says which"
                    + " images there are.",
            "message\\b.*has no local programs|cells\\[\\d+\\]: .*has no local programs"),
    /** The dump of two compared pods, or of a template. */
    DUMP_OF_PODS(
            "The refusal of a change of a pod lacks the dump of the two compared pods that follows the message, and"
                    + " that of a change of a job's template shows the template as it is written.",
            "message: expected \"(.+ \\(allow it to be set to 1 if it was previously negative\\))\\\\n"
                    + "@@ .*, seen \"\\1\"$|message: expected \"(.*\\bspec\\.template: |)Invalid value: \\{.*, seen"
                    + " \"\\2Invalid value: \\{\\\\\"spec\\\\\":"),
    /** A deletion between two restarts. */
    DELETED_BETWEEN_RESTARTS(
            "A pod whose container fails again and again may be deleted after another number of restarts than the"
                    + " recorded one.",
            "^(pod-crash-loop \\| pods/crash|pod-config-errors \\| pods/nocmd|pod-completes-and-fails \\|"
                    + " pods/onfail|pod-init-and-native-sidecar \\| pods/initfail)#1( object)? \\| (invented or reordered:"
                    + " (Running .*(terminated/\\w+/[1-9]\\d*|waiting/\\w+)|Failed"
                    + " .*terminated/\\w+/(?!137|143)[1-9]\\d*)\\(restarts [1-9]\\d*\\) deleting$|invented or reordered:"
                    + " Running .*CrashLoopBackOff\\(restarts [1-9]\\d*\\)$|invents"
                    + " \\.status\\.containerStatuses\\[\\w+\\]\\.state\\.waiting\\.message \\[\"back-off \\w+s"
                    + " restarting)"),
    /** Two servers on one volume. */
    TWO_SERVERS_FOR_A_MOMENT(
            "A PostgreSQL server that starts while one of a pod that was deleted by force still stops on the same"
                    + " volume may end once and be restarted: who of the two is faster decides.",
            "^postgres-lifecycle \\| (pods/pg-0#3 object \\| invented or reordered: \\w+ \\[.*] postgres:"
                    + "((running|terminated/\\w+/\\d+|waiting/CrashLoopBackOff)\\(restarts [1-9]\\)"
                    + "|(terminated/Error/1|waiting/CrashLoopBackOff)\\(restarts 0\\))( deleting)?$"
                    + "|pods/pg-0#3 \\| (invents|lacks)( the field)? \\.status\\.containerStatuses\\[postgres]"
                    + "\\.(state|lastState|restartCount|started|ready)\\b"
                    + "|Pod pg-0 \\| invents the event Warning BackOff$)"),
    /** A pod that is gone earlier. */
    PODS_GO_AT_ONCE(
            "A pod that ended is gone at once; the recorded one is there for up to a second more.",
            "\\| expected a pod that had ended, seen 404$");

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
