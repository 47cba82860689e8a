package io.statefulkit.embedded.control.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import io.statefulkit.embedded.control.loop.Amount;
import io.statefulkit.embedded.control.loop.Resource;
import java.time.Duration;
import java.util.Optional;

/**
 * What a deployment asks for.
 *
 * @param deployment the deployment
 */
record DeploymentSpec(Resource deployment) {

    private static final int NO_DEADLINE = Integer.MAX_VALUE;

    int replicas() {
        return deployment.spec().path("replicas").asInt(1);
    }

    boolean paused() {
        return deployment.spec().path("paused").asBoolean(false);
    }

    boolean recreate() {
        return deployment.spec().path("strategy").path("type").asText("").equals("Recreate");
    }

    int historyLimit() {
        return deployment.spec().path("revisionHistoryLimit").asInt(10);
    }

    int minReadySeconds() {
        return deployment.spec().path("minReadySeconds").asInt(0);
    }

    JsonNode template() {
        return deployment.spec().path("template");
    }

    Optional<Duration> progressDeadline() {
        int seconds = deployment.spec().path("progressDeadlineSeconds").asInt(NO_DEADLINE);
        return seconds == NO_DEADLINE ? Optional.empty() : Optional.of(Duration.ofSeconds(seconds));
    }

    int maxSurge() {
        return recreate() ? 0 : Amount.roundedUp(rolling().path("maxSurge"), replicas());
    }

    /** How many replicas may be missing; one when otherwise nothing could ever move. */
    int maxUnavailable() {
        if (recreate() || replicas() == 0) {
            return 0;
        }
        int unavailable = Amount.roundedDown(rolling().path("maxUnavailable"), replicas());
        return Math.min(replicas(), unavailable == 0 && maxSurge() == 0 ? 1 : unavailable);
    }

    private JsonNode rolling() {
        return deployment.spec().path("strategy").path("rollingUpdate");
    }
}
