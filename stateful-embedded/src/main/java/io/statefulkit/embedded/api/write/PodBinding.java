package io.statefulkit.embedded.api.write;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Failure;
import io.statefulkit.embedded.api.Failures;
import io.statefulkit.embedded.api.Violation;
import io.statefulkit.embedded.api.WriteOptions;
import io.statefulkit.embedded.api.value.Conditions;
import io.statefulkit.embedded.api.value.Metadata;
import io.statefulkit.embedded.api.value.Target;
import io.statefulkit.embedded.json.Json;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Binds pods to nodes, as schedulers do by posting a {@code Binding}. */
public final class PodBinding {

    private final Writes writes;
    private final Clock clock;

    public PodBinding(Writes writes, Clock clock) {
        this.writes = writes;
        this.clock = clock;
    }

    public ObjectNode bind(Target target, ObjectNode binding, WriteOptions options) {
        check(target, binding);
        Target pod = new Target(target.type(), target.namespace(), target.name(), "binding");
        Optional<ObjectNode> bound = writes.modify(pod, old -> bound(old, binding), options);
        if (bound.isEmpty()) {
            throw Failures.notFound(target.type(), target.name());
        }
        return PodPosts.success();
    }

    private static void check(Target target, ObjectNode binding) {
        String name = Json.text(binding, "metadata", "name");
        if (!name.isEmpty() && !name.equals(target.name())) {
            throw Failures.badRequest("name in URL does not match name in Binding object");
        }
        String kind = Json.text(binding, "target", "kind");
        if (!kind.isEmpty() && !kind.equals("Node")) {
            invalid(name, Violation.unsupported("target.kind", kind, List.of("Node", "<empty>")));
        }
        if (Json.text(binding, "target", "name").isEmpty()) {
            invalid(name, Violation.required("target.name", ""));
        }
    }

    private static void invalid(String name, Violation violation) {
        throw Failures.invalid("", "Binding", name, List.of(violation));
    }

    private ObjectNode bound(ObjectNode old, ObjectNode binding) {
        String name = Json.text(old, "metadata", "name");
        String current = Json.text(old, "spec", "nodeName");
        if (Metadata.deleting(old)) {
            throw conflict(name, "pod " + name + " is being deleted, cannot be assigned to a host");
        }
        if (!current.isEmpty()) {
            throw conflict(name, "pod " + name + " is already assigned to node \"" + current + "\"");
        }
        if (!Json.at(old, "spec", "schedulingGates").isEmpty()) {
            throw conflict(name, "pod " + name + " has non-empty .spec.schedulingGates");
        }
        ObjectNode next = old.deepCopy();
        Json.child(next, "spec").put("nodeName", Json.text(binding, "target", "name"));
        if (!Json.at(binding, "metadata", "annotations").isEmpty()) {
            ObjectNode annotations = Json.child(Json.child(next, "metadata"), "annotations");
            annotations.setAll((ObjectNode) Json.at(binding, "metadata", "annotations"));
        }
        ObjectNode status = Json.child(next, "status");
        status.remove("nominatedNodeName");
        Conditions.set(status, "PodScheduled", "True", "", "", clock);
        return next;
    }

    private static Failure conflict(String name, String why) {
        return Failures.bindingConflict(name, why);
    }
}
