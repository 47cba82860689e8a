package io.statefulkit.embedded.control.batch;

import io.statefulkit.embedded.control.loop.Resource;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a job asks for.
 *
 * @param job the job
 */
record JobSpec(Resource job) {

    static final String INDEX = "batch.kubernetes.io/job-completion-index";
    static final String FINALIZER = "batch.kubernetes.io/job-tracking";

    int parallelism() {
        return job.spec().path("parallelism").asInt(1);
    }

    OptionalInt completions() {
        return job.spec().has("completions")
                ? OptionalInt.of(job.spec().path("completions").asInt())
                : OptionalInt.empty();
    }

    int backoffLimit() {
        return job.spec().path("backoffLimit").asInt(6);
    }

    /** How often each index may fail; empty when failures are counted together. */
    OptionalInt backoffLimitPerIndex() {
        return indexed() ? number("backoffLimitPerIndex") : OptionalInt.empty();
    }

    OptionalInt maxFailedIndexes() {
        return number("maxFailedIndexes");
    }

    private OptionalInt number(String field) {
        return job.spec().hasNonNull(field)
                ? OptionalInt.of(job.spec().path(field).asInt())
                : OptionalInt.empty();
    }

    boolean indexed() {
        return job.spec().path("completionMode").asText("").equals("Indexed");
    }

    boolean suspended() {
        return job.spec().path("suspend").asBoolean(false);
    }

    boolean onFailure() {
        return job.spec()
                .path("template")
                .path("spec")
                .path("restartPolicy")
                .asText("")
                .equals("OnFailure");
    }

    /** Whether a new pod must wait until the one it replaces has really failed. */
    boolean replacesFailedOnly() {
        return job.spec().path("podReplacementPolicy").asText("").equals("Failed");
    }

    Optional<Duration> activeDeadline() {
        return seconds("activeDeadlineSeconds");
    }

    Optional<Duration> ttl() {
        return seconds("ttlSecondsAfterFinished");
    }

    private Optional<Duration> seconds(String field) {
        return job.spec().has(field)
                ? Optional.of(Duration.ofSeconds(job.spec().path(field).asLong()))
                : Optional.empty();
    }
}
