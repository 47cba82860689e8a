package io.statefulkit.handle;

import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.statefulkit.handle.place.LiveWorkload;
import io.statefulkit.handle.place.Place;
import java.util.Objects;

/**
 * The names by which programs in the cluster reach a workload. They end in {@code .svc}: the resolver of each pod adds the
 * domain of the cluster, which need not be {@code cluster.local}.
 *
 * @param service the name of the Service for clients: leads to whatever pod is ready
 * @param workload the name of the workload
 * @param members the name of the headless Service, the end of the names of single pods; empty for a Deployment
 */
public record Dns(String service, String workload, String members) {

    static Dns of(Place place) {
        String end = "." + place.namespace() + ".svc";
        String headless = new LiveWorkload(place).object() instanceof StatefulSet set
                ? Objects.requireNonNullElse(set.getSpec().getServiceName(), "")
                : "";
        return new Dns(place.name() + end, place.name(), headless.isEmpty() ? "" : headless + end);
    }

    /**
     * Returns the name of the pod of an ordinal, which stays the same when the pod is replaced.
     *
     * @throws IllegalStateException when pods have no names of their own: in a Deployment, or without a headless Service
     */
    public String pod(int ordinal) {
        if (members.isEmpty()) {
            throw new IllegalStateException(
                    "pods of " + workload + " have no names of their own: only a StatefulSet with a"
                            + " headless Service gives them some; use service()");
        }
        return workload + "-" + ordinal + "." + members;
    }
}
