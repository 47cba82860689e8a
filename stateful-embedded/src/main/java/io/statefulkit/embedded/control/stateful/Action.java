package io.statefulkit.embedded.control.stateful;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.control.loop.Resource;

/** One step of a pass over a stateful set. */
sealed interface Action {

    /** Creates a claim that a pod needs. */
    record CreateClaim(ObjectNode claim, String pod) implements Action {}

    /** Creates a pod. */
    record CreatePod(ObjectNode pod) implements Action {}

    /** Deletes a pod. */
    record DeletePod(Resource pod) implements Action {}

    /** Gives a pod back the labels that identify it. */
    record Identify(Resource pod, int ordinal) implements Action {}

    /** Replaces the owners of a claim. */
    record OwnClaim(Resource claim, ArrayNode owners) implements Action {}

    /** What belongs to a pod was put right. */
    record Updated(String pod) implements Action {}

    /** A pod cannot be created now. */
    record Blocked(String pod, String why) implements Action {}
}
