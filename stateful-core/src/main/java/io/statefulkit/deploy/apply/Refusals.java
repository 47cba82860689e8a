package io.statefulkit.deploy.apply;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.statefulkit.deploy.ApplyException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** Turns a refusal of the API server into a message that says what to do; pure functions. */
final class Refusals {

    /** How the API server names the manager that operations of a handle have. */
    private static final String OPERATIONS = "\"statefulkit-handle\"";

    private Refusals() {}

    /** Returns kind and name as in messages. */
    static String name(HasMetadata object) {
        String namespace = object.getMetadata().getNamespace();
        return object.getKind() + " " + (namespace == null ? "" : namespace + "/")
                + object.getMetadata().getName();
    }

    static ApplyException of(HasMetadata object, KubernetesClientException refusal) {
        String advice = switch (refusal.getCode()) {
            case 401 -> "the cluster does not know you: renew the credentials of the kubeconfig";
            case 403 ->
                problem(refusal).contains("being terminated")
                        ? "wait until the namespace is gone, then create it again, or deploy into another one"
                        : "ask for the permission that the message names, or for a larger quota";
            case 404 -> "create the namespace first, or check that the cluster serves this kind";
            case 409 -> conflict(refusal);
            case 422 -> invalid(object, refusal);
            case 0 -> "check that the API server can be reached";
            default -> "the API server says why";
        };
        return new ApplyException(name(object), refusal.getCode(), problem(refusal), advice, refusal);
    }

    private static String problem(KubernetesClientException refusal) {
        Status status = refusal.getStatus();
        String message = status == null ? refusal.getMessage() : status.getMessage();
        return Objects.requireNonNullElse(message, refusal.toString());
    }

    private static String conflict(KubernetesClientException refusal) {
        String fields = causes(refusal).stream()
                .filter(cause -> "FieldManagerConflict".equals(cause.getReason()))
                .map(cause -> cause.getField() + " (" + cause.getMessage() + ")")
                .collect(Collectors.joining(", "));
        if (byOperations(refusal)) {
            return "an operation of a handle has changed " + fields
                    + ": undo it first (scale(..), or wake() after hibernate()), or take it over with forceConflicts()";
        }
        return fields.isEmpty()
                ? "somebody changed the object at the same time: try again"
                : "somebody else owns " + fields
                        + ": let them give it up, leave it out of the spec, or take it over with" + " forceConflicts()";
    }

    /** Tells whether all that is in the way was changed by operations of a handle. */
    static boolean onlyOperations(ApplyException refusal) {
        return refusal.code() == 409
                && refusal.getCause() instanceof KubernetesClientException conflict
                && byOperations(conflict);
    }

    private static boolean byOperations(KubernetesClientException conflict) {
        return !causes(conflict).isEmpty()
                && causes(conflict).stream()
                        .allMatch(cause -> String.valueOf(cause.getMessage()).contains(OPERATIONS));
    }

    private static String invalid(HasMetadata object, KubernetesClientException refusal) {
        String problem = problem(refusal);
        if (object instanceof StatefulSet
                && (problem.contains("Forbidden: updates to statefulset spec")
                        || problem.contains("field is immutable"))) {
            return "this cannot be changed in place: deploy with recreate(), which replaces the object and keeps its"
                    + " pods and volumes";
        }
        return problem.contains("immutable")
                ? "this cannot be changed once the object is there: go back to what it was, or choose another name"
                : "correct the fields that the message names";
    }

    private static List<StatusCause> causes(KubernetesClientException refusal) {
        Status status = refusal.getStatus();
        return status == null || status.getDetails() == null
                ? List.of()
                : status.getDetails().getCauses();
    }
}
