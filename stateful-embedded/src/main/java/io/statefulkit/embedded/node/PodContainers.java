package io.statefulkit.embedded.node;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Failures;
import io.statefulkit.embedded.json.Json;
import java.util.ArrayList;
import java.util.List;

/** Which container of a pod a request is about. */
final class PodContainers {

    private PodContainers() {}

    /** Returns the container that is named, or the only one beside those that come first. */
    static String named(ObjectNode pod, String name) {
        String podName = Json.text(pod, "metadata", "name");
        List<String> all = new ArrayList<>();
        Json.objects(pod, "spec", "initContainers").forEach(each -> all.add(Json.text(each, "name")));
        List<ObjectNode> containers = Json.objects(pod, "spec", "containers");
        containers.forEach(each -> all.add(Json.text(each, "name")));
        Json.objects(pod, "spec", "ephemeralContainers").forEach(each -> all.add(Json.text(each, "name")));
        if (name.isEmpty() && containers.size() == 1) {
            return Json.text(containers.get(0), "name");
        }
        if (name.isEmpty()) {
            throw Failures.badRequest("a container name must be specified for pod " + podName + ", choose one of: ["
                    + String.join(" ", all) + "]");
        }
        if (!all.contains(name)) {
            throw Failures.badRequest("container " + name + " is not valid for pod " + podName);
        }
        return name;
    }
}
