package io.statefulkit.embedded.control.deployment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Failure;
import io.statefulkit.embedded.control.loop.Resource;
import io.statefulkit.embedded.control.loop.Trees;
import io.statefulkit.embedded.json.Json;

/** Sees to it that the replica set of the template is there. */
final class CurrentReplicaSet {

    private final StoredDeployment stored;
    private final RolloutProgress progress;

    CurrentReplicaSet(StoredDeployment stored, RolloutProgress progress) {
        this.stored = stored;
        this.progress = progress;
    }

    /** Finds or makes the replica set of the template, and numbers it as the newest. */
    void ensure() {
        long revision = stored.template().revision(stored.sets());
        if (stored.sets().current().isPresent()) {
            Resource current = stored.sets().current().get();
            stored.edit(current, set -> renew(set, revision));
            long now = stored.sets().current().map(NewReplicaSet::revisionOf).orElse(revision);
            progress.announce(now, "FoundNewReplicaSet", "Found new replica set \"" + current.name() + "\"", false);
            return;
        }
        Resource created = create(revision);
        progress.announce(revision, "NewReplicaSetCreated", "Created new replica set \"" + created.name() + "\"", true);
    }

    private void renew(ObjectNode set, long revision) {
        stored.template().annotate(set, revision, false);
        int minReadySeconds = stored.spec().minReadySeconds();
        if (minReadySeconds > 0) {
            Json.child(set, "spec").put("minReadySeconds", minReadySeconds);
        } else {
            Json.child(set, "spec").remove("minReadySeconds");
        }
    }

    private Resource create(long revision) {
        int size = stored.plan().currentSize();
        Resource created;
        try {
            created = stored.create(size);
        } catch (Failure e) {
            if (e.reason().equals("AlreadyExists")) {
                collide();
            } else {
                progress.announce(
                        revision, "ReplicaSetCreateError", "Failed to create new replica set: " + e.getMessage(), true);
            }
            throw e;
        }
        if (size > 0) {
            stored.tellSize(created, 0, size);
        }
        return created;
    }

    /** Another replica set has that name: the next try uses another hash. */
    private void collide() {
        stored.editStatus(deployment -> {
            ObjectNode status = Trees.status(deployment);
            status.put("collisionCount", status.path("collisionCount").asInt(0) + 1);
        });
    }
}
