package io.statefulkit.embedded.control.deployment;

import io.statefulkit.embedded.control.loop.Cluster;
import io.statefulkit.embedded.control.loop.Resource;
import io.statefulkit.embedded.control.loop.Trees;

/** What clients see of a rollout before its status is counted: its revision, and that it begins, is paused or goes on. */
final class RolloutProgress {

    private final Cluster cluster;
    private final StoredDeployment stored;

    RolloutProgress(Cluster cluster, StoredDeployment stored) {
        this.cluster = cluster;
        this.stored = stored;
    }

    /** Writes the revision and, when a rollout begins, how; as the first thing that clients see of it. */
    void announce(long revision, String reason, String message, boolean isNew) {
        Resource deployment = stored.spec().deployment();
        boolean numbered = deployment.annotation(NewReplicaSet.REVISION).equals(Long.toString(revision));
        boolean said = !deployment.condition(DeploymentConditions.PROGRESSING).isMissingNode() && !isNew;
        if (numbered && (said || stored.spec().progressDeadline().isEmpty())) {
            return;
        }
        stored.editStatus(current -> {
            Trees.annotate(current, NewReplicaSet.REVISION, Long.toString(revision));
            if (!said && stored.spec().progressDeadline().isPresent()) {
                DeploymentConditions conditions = new DeploymentConditions(new Resource(current), cluster.now());
                String status = reason.equals("ReplicaSetCreateError") ? "False" : "True";
                conditions.set(DeploymentConditions.PROGRESSING, status, reason, message);
                Trees.status(current).set("conditions", conditions.list());
            }
        });
    }

    /** Says that the rollout is paused or goes on, when that is new. */
    void pauseConditions() {
        DeploymentSpec spec = stored.spec();
        String reason = spec.deployment()
                .condition(DeploymentConditions.PROGRESSING)
                .path("reason")
                .asText("");
        boolean saysPaused = reason.equals("DeploymentPaused");
        if (spec.progressDeadline().isEmpty()
                || reason.equals("ProgressDeadlineExceeded")
                || saysPaused == spec.paused()) {
            return;
        }
        stored.editStatus(current -> {
            DeploymentConditions conditions = new DeploymentConditions(new Resource(current), cluster.now());
            conditions.set(
                    DeploymentConditions.PROGRESSING,
                    "Unknown",
                    spec.paused() ? "DeploymentPaused" : "DeploymentResumed",
                    spec.paused() ? "Deployment is paused" : "Deployment is resumed");
            Trees.status(current).set("conditions", conditions.list());
        });
    }
}
