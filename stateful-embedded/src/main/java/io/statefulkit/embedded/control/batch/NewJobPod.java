package io.statefulkit.embedded.control.batch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.control.loop.Pods;
import io.statefulkit.embedded.control.loop.Trees;
import io.statefulkit.embedded.json.Json;

/**
 * The pods that a job makes.
 *
 * @param spec the job
 * @param failures how often its indexes failed before
 */
record NewJobPod(JobSpec spec, IndexFailures failures) {

    private static final String INDEX_VARIABLE = "JOB_COMPLETION_INDEX";

    /** Returns a pod for none of the indexes. */
    ObjectNode any() {
        return pod(spec.job().name() + "-");
    }

    private ObjectNode pod(String generateName) {
        ObjectNode pod = Pods.of(spec.job().spec().path("template"), spec.job());
        ObjectNode metadata = Json.child(pod, "metadata");
        metadata.put("generateName", generateName);
        metadata.withArray("finalizers").add(JobSpec.FINALIZER);
        return pod;
    }

    /** Returns a pod for an index, which it and its containers are told. */
    ObjectNode of(int index) {
        ObjectNode pod = pod(spec.job().name() + "-" + index + "-");
        Trees.annotate(pod, JobSpec.INDEX, Integer.toString(index));
        Json.child(Json.child(pod, "metadata"), "labels").put(JobSpec.INDEX, Integer.toString(index));
        if (spec.backoffLimitPerIndex().isPresent()) {
            Trees.annotate(pod, IndexFailures.COUNT, Integer.toString(failures.count(index)));
            int ignored = failures.ignored(index);
            if (ignored > 0) {
                Trees.annotate(pod, IndexFailures.IGNORED, Integer.toString(ignored));
            }
        }
        ObjectNode podSpec = Json.child(pod, "spec");
        podSpec.put("hostname", spec.job().name() + "-" + index);
        for (String list : new String[] {"initContainers", "containers"}) {
            Json.objects(podSpec, list).forEach(NewJobPod::tellIndex);
        }
        return pod;
    }

    /** A container that has a variable of that name keeps its own. */
    private static void tellIndex(ObjectNode container) {
        for (ObjectNode variable : Json.objects(container, "env")) {
            if (variable.path("name").asText("").equals(INDEX_VARIABLE)) {
                return;
            }
        }
        container
                .withArray("env")
                .addObject()
                .put("name", INDEX_VARIABLE)
                .putObject("valueFrom")
                .putObject("fieldRef")
                .put("apiVersion", "v1")
                .put("fieldPath", "metadata.labels['" + JobSpec.INDEX + "']");
    }
}
