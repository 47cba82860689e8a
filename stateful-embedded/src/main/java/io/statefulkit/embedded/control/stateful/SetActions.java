package io.statefulkit.embedded.control.stateful;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Failure;
import io.statefulkit.embedded.api.ResourceCatalog;
import io.statefulkit.embedded.api.ResourceType;
import io.statefulkit.embedded.control.loop.Cluster;
import io.statefulkit.embedded.control.loop.Resource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Does what a plan says and records it as events of the set. */
final class SetActions {

    private final Cluster cluster;
    private final Resource set;

    SetActions(Cluster cluster, Resource set) {
        this.cluster = cluster;
        this.set = set;
    }

    /** Runs actions until one fails; returns that failure. */
    Optional<Failure> run(List<Action> actions) {
        for (Action action : actions) {
            try {
                if (!run(action)) {
                    return Optional.empty();
                }
            } catch (Failure e) {
                return Optional.of(e);
            }
        }
        return Optional.empty();
    }

    private boolean run(Action action) {
        if (action instanceof Action.CreateClaim create) {
            createClaim(create);
        } else if (action instanceof Action.CreatePod create) {
            createPod(create.pod());
        } else if (action instanceof Action.DeletePod delete) {
            deletePod(delete.pod());
        } else if (action instanceof Action.OwnClaim own) {
            cluster.edit(ResourceCatalog.PERSISTENT_VOLUME_CLAIMS, own.claim(), claim -> own(claim, own.owners()));
        } else if (action instanceof Action.Identify identify) {
            SetPods pods = new SetPods(new SetSpec(set));
            cluster.edit(ResourceCatalog.PODS, identify.pod(), pod -> pods.identify(pod, identify.ordinal()));
        } else if (action instanceof Action.Updated updated) {
            succeeded("Update", updated.pod());
        } else if (action instanceof Action.Blocked blocked) {
            failed("Create", blocked.pod(), blocked.why());
            return false;
        }
        return true;
    }

    private static void own(ObjectNode claim, ArrayNode owners) {
        ObjectNode metadata = (ObjectNode) claim.path("metadata");
        if (owners.isEmpty()) {
            metadata.remove("ownerReferences");
        } else {
            metadata.set("ownerReferences", owners);
        }
    }

    private void createClaim(Action.CreateClaim create) {
        String what =
                "Create Claim " + create.claim().path("metadata").path("name").asText() + " Pod " + create.pod()
                        + " in StatefulSet " + set.name();
        try {
            cluster.create(ResourceCatalog.PERSISTENT_VOLUME_CLAIMS, set.namespace(), create.claim());
        } catch (Failure e) {
            if (e.reason().equals("AlreadyExists")) {
                return;
            }
            cluster.events().warning(set, "FailedCreate", what + " failed error: " + e.getMessage());
            throw e;
        }
        cluster.events().normal(set, "SuccessfulCreate", what + " success");
    }

    private void createPod(ObjectNode pod) {
        String name = pod.path("metadata").path("name").asText();
        Resource created;
        try {
            created = cluster.create(ResourceCatalog.PODS, set.namespace(), pod);
        } catch (Failure e) {
            if (!e.reason().equals("AlreadyExists")) {
                failed("Create", name, e.getMessage());
            }
            throw e;
        }
        ownClaims(created);
        succeeded("Create", name);
    }

    /** A policy that deletes claims is written into those of a new pod at once. */
    private void ownClaims(Resource pod) {
        SetSpec spec = new SetSpec(set);
        OptionalInt ordinal = spec.ordinal(pod.name());
        if (!spec.deleteClaimsWhenDeleted() || ordinal.isEmpty()) {
            return;
        }
        for (JsonNode template : spec.claimTemplates()) {
            ResourceType claims = ResourceCatalog.PERSISTENT_VOLUME_CLAIMS;
            cluster.find(claims, set.namespace(), spec.claimName(template, ordinal.getAsInt()))
                    .ifPresent(claim -> new ClaimRetention(spec)
                            .correction(claim, pod, false)
                            .ifPresent(owners -> cluster.edit(claims, claim, now -> own(now, owners))));
        }
    }

    private void deletePod(Resource pod) {
        try {
            if (!cluster.delete(ResourceCatalog.PODS, pod)) {
                return;
            }
        } catch (Failure e) {
            failed("Delete", pod.name(), e.getMessage());
            throw e;
        }
        succeeded("Delete", pod.name());
    }

    private void succeeded(String verb, String pod) {
        cluster.events()
                .normal(
                        set,
                        "Successful" + verb,
                        verb + " Pod " + pod + " in StatefulSet " + set.name() + " successful");
    }

    private void failed(String verb, String pod, @org.jspecify.annotations.Nullable String why) {
        cluster.events()
                .warning(
                        set,
                        "Failed" + verb,
                        verb + " Pod " + pod + " in StatefulSet " + set.name() + " failed error: " + why);
    }
}
