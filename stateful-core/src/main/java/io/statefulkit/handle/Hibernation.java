package io.statefulkit.handle;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Stops a workload and its schedules for a while; what to go back to is remembered on the objects themselves. */
record Hibernation(Place place) {

    static final String REPLICAS = "statefulkit.dev/hibernated-replicas";
    private static final String SUSPENDED = "statefulkit.dev/hibernated";

    Rollout hibernate() {
        HasMetadata object = new LiveWorkload(place).object();
        int replicas = remembered(object).orElseGet(() -> replicas(object));
        for (CronJob job : schedules()) {
            if (!Boolean.TRUE.equals(job.getSpec().getSuspend())) {
                patch(job, "\"true\"", true);
            }
        }
        return new Rollouts(place)
                .scale(0, "\"metadata\":{\"annotations\":{\"" + REPLICAS + "\":\"" + replicas + "\"}},");
    }

    Rollout wake() {
        HasMetadata object = new LiveWorkload(place).object();
        int replicas = remembered(object)
                .orElseThrow(() -> new IllegalStateException(place.ref()
                        + " does not hibernate: wake() undoes hibernate(), and scale(n) changes the number of pods"));
        for (CronJob job : schedules()) {
            if (annotations(job).containsKey(SUSPENDED)) {
                patch(job, "null", false);
            }
        }
        return new Rollouts(place).scale(replicas, "\"metadata\":{\"annotations\":{\"" + REPLICAS + "\":null}},");
    }

    private static Optional<Integer> remembered(HasMetadata object) {
        return Optional.ofNullable(annotations(object).get(REPLICAS)).map(Integer::valueOf);
    }

    private static int replicas(HasMetadata object) {
        Integer declared = object instanceof StatefulSet set
                ? set.getSpec().getReplicas()
                : ((Deployment) object).getSpec().getReplicas();
        return Objects.requireNonNullElse(declared, 1);
    }

    private static Map<String, String> annotations(HasMetadata object) {
        return Objects.requireNonNullElse(object.getMetadata().getAnnotations(), Map.of());
    }

    private List<CronJob> schedules() {
        return place.client()
                .batch()
                .v1()
                .cronjobs()
                .inNamespace(place.namespace())
                .withLabels(Undeploying.ours(place))
                .list()
                .getItems();
    }

    private void patch(CronJob job, String mark, boolean suspend) {
        place.client()
                .resource(job)
                .patch(
                        new PatchContext.Builder()
                                .withPatchType(PatchType.JSON_MERGE)
                                .withFieldManager(PodOperations.MANAGER)
                                .build(),
                        "{\"metadata\":{\"annotations\":{\"" + SUSPENDED + "\":" + mark + "}},\"spec\":{\"suspend\":"
                                + suspend + "}}");
    }
}
