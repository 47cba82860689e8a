package io.statefulkit.embedded.node.status;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.statefulkit.embedded.json.Json;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the status of a container that was started repeats from its pod: as whom it runs, what it was given. */
final class ContainerFacts {

    private final PodSecurityContext shared;
    private final SecurityContext own;
    private final Container spec;

    ContainerFacts(Pod pod, Container spec) {
        PodSecurityContext ofPod = pod.getSpec().getSecurityContext();
        this.shared = ofPod == null ? new PodSecurityContext() : ofPod;
        this.own = spec.getSecurityContext() == null ? new SecurityContext() : spec.getSecurityContext();
        this.spec = spec;
    }

    /** The full name of an image, as a runtime knows it. */
    static String image(String name) {
        int slash = name.indexOf('/');
        String first = slash < 0 ? "" : name.substring(0, slash);
        boolean registry = first.contains(".") || first.contains(":") || first.equals("localhost");
        String full = registry ? name : slash < 0 ? "docker.io/library/" + name : "docker.io/" + name;
        boolean tagged = name.contains("@") || name.indexOf(':', name.lastIndexOf('/') + 1) >= 0;
        return tagged ? full : full + ":latest";
    }

    /** As whom the container runs; images that are not told otherwise start as root. */
    ObjectNode user() {
        long gid = first(own.getRunAsGroup(), shared.getRunAsGroup());
        Set<Long> groups = new LinkedHashSet<>();
        groups.add(gid);
        if (shared.getFsGroup() != null) {
            groups.add(shared.getFsGroup());
        }
        if (shared.getSupplementalGroups() != null) {
            groups.addAll(shared.getSupplementalGroups());
        }
        ObjectNode user = Json.object();
        ObjectNode linux = user.putObject("linux");
        linux.put("uid", first(own.getRunAsUser(), shared.getRunAsUser()));
        linux.put("gid", gid);
        ArrayNode list = linux.putArray("supplementalGroups");
        groups.forEach(list::add);
        return user;
    }

    /** What was set aside for it. */
    Optional<ObjectNode> allocated() {
        if (spec.getResources() == null
                || spec.getResources().getRequests() == null
                || spec.getResources().getRequests().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(Json.from(spec.getResources().getRequests()));
    }

    private static long first(@Nullable Long one, @Nullable Long other) {
        return one != null ? one : other != null ? other : 0;
    }
}
