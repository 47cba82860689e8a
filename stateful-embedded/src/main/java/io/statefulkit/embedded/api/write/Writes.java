package io.statefulkit.embedded.api.write;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Failure;
import io.statefulkit.embedded.api.Failures;
import io.statefulkit.embedded.api.ResourceCatalog;
import io.statefulkit.embedded.api.ResourceType;
import io.statefulkit.embedded.api.WriteOptions;
import io.statefulkit.embedded.api.admission.Admission;
import io.statefulkit.embedded.api.apply.Ownership;
import io.statefulkit.embedded.api.decode.Body;
import io.statefulkit.embedded.api.decode.ExplicitNulls;
import io.statefulkit.embedded.api.rule.KindRules;
import io.statefulkit.embedded.api.rule.kind.Rules;
import io.statefulkit.embedded.api.rule.kind.Validation;
import io.statefulkit.embedded.api.value.Metadata;
import io.statefulkit.embedded.api.value.NameSuffix;
import io.statefulkit.embedded.api.value.Target;
import io.statefulkit.embedded.api.value.Timestamps;
import io.statefulkit.embedded.json.Json;
import io.statefulkit.embedded.store.ObjectStore;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** Creates and changes objects: admission, defaults, validation, then one compare-and-set in the store. */
public final class Writes {

    private static final int GENERATED_NAME_TRIES = 8;

    private final ObjectStore store;
    private final Admission admission;
    private final Validation validation;
    private final Rules rules = new Rules();
    private final Ownership ownership;
    private final ExplicitNulls nulls = new ExplicitNulls();
    private final Clock clock;

    public Writes(ObjectStore store, Admission admission, Clock clock) {
        this.store = store;
        this.admission = admission;
        this.validation = new Validation(rules);
        this.ownership = new Ownership(clock, nulls);
        this.clock = clock;
    }

    public ObjectNode create(ResourceType type, String namespace, ObjectNode body, WriteOptions options) {
        return create(type, namespace, body, options, false);
    }

    /** Creates an object that was applied: its managed fields are there already. */
    public ObjectNode createApplied(ResourceType type, String namespace, ObjectNode body, WriteOptions options) {
        return create(type, namespace, body, options, true);
    }

    private ObjectNode create(
            ResourceType type, String namespace, ObjectNode body, WriteOptions options, boolean applied) {
        ObjectNode object = Body.decode(type, body, options.validation());
        Body.checkNamespace(type, namespace, object);
        ObjectNode metadata = Json.child(object, "metadata");
        if (!Json.text(metadata, "resourceVersion").isEmpty()) {
            throw Failures.plain(500, "resourceVersion should not be set on objects to be created");
        }
        Metadata.wipe(metadata);
        OwnerReferences.dropDuplicates(metadata);
        admission.namespace(type, namespace, Json.text(metadata, "name"));
        String base = Json.text(metadata, "generateName");
        boolean generated = Json.text(metadata, "name").isEmpty() && !base.isEmpty();
        for (int attempt = 1; ; attempt++) {
            if (generated) {
                metadata.put("name", NameSuffix.generate(base));
            }
            Optional<ObjectNode> created = tryCreate(type, namespace, object.deepCopy(), options, applied);
            if (created.isPresent()) {
                return created.get();
            }
            if (!generated || attempt >= GENERATED_NAME_TRIES) {
                throw taken(type, namespace, Json.text(metadata, "name"));
            }
        }
    }

    private Failure taken(ResourceType type, String namespace, String name) {
        boolean deleting = store.get(Target.key(type, namespace, name))
                .map(Metadata::deleting)
                .orElse(false);
        return Failures.alreadyExists(type, name, deleting);
    }

    private Optional<ObjectNode> tryCreate(
            ResourceType type, String namespace, ObjectNode object, WriteOptions options, boolean applied) {
        ObjectNode metadata = Json.child(object, "metadata");
        String name = Json.text(metadata, "name");
        KindRules kind = rules.of(type);
        kind.defaults(object);
        nulls.fill(type, object);
        if (!applied) {
            ownership.created(type, object, options);
        }
        admission.create(type, namespace, object);
        metadata.put("uid", UUID.randomUUID().toString());
        metadata.put("creationTimestamp", Timestamps.now(clock));
        if (type.generation()) {
            metadata.put("generation", 1);
        }
        if (type.status() && !type.equals(ResourceCatalog.NODES)) {
            object.remove("status");
        }
        kind.prepareCreate(object);
        validation.create(type, object);
        admission.check(type, namespace, object);
        if (options.dryRun()) {
            boolean taken = store.get(Target.key(type, namespace, name)).isPresent();
            return taken ? Optional.empty() : Optional.of(admission.dryRun(type, Json.object(), object));
        }
        return admission.storing(
                type, Json.object(), object, () -> store.create(Target.key(type, namespace, name), object));
    }

    /** Changes an object; retried when another writer was faster and the change does not name a revision. */
    public Optional<ObjectNode> modify(Target target, UnaryOperator<ObjectNode> change, WriteOptions options) {
        return change(target, change, options, false);
    }

    /** Lets a component of the cluster change a copy until no other writer came between. */
    public Optional<ObjectNode> edit(Target target, UnaryOperator<ObjectNode> change, WriteOptions options) {
        return change(target, view -> Body.withoutNulls(change.apply(view.deepCopy())), options, false);
    }

    /** Applies a configuration: the change sets the managed fields itself. */
    public Optional<ObjectNode> apply(Target target, UnaryOperator<ObjectNode> change, WriteOptions options) {
        return change(target, change, options, true);
    }

    private Optional<ObjectNode> change(
            Target target, UnaryOperator<ObjectNode> change, WriteOptions options, boolean applied) {
        while (true) {
            Optional<ObjectNode> current = store.get(target.key());
            if (current.isEmpty()) {
                return Optional.empty();
            }
            Optional<ObjectNode> written = tryChange(target, current.get(), change, options, applied);
            if (written.isPresent()) {
                return written;
            }
        }
    }

    private Optional<ObjectNode> tryChange(
            Target target, ObjectNode old, UnaryOperator<ObjectNode> change, WriteOptions options, boolean applied) {
        ResourceType type = target.type();
        ObjectNode written = change.apply(Subresources.view(target.subresource(), old));
        ObjectNode next = Subresources.merge(type, target.subresource(), old, written);
        WritePreconditions.check(target, old, next);
        Metadata.carryOver(old, next);
        OwnerReferences.dropDuplicates(Json.child(next, "metadata"));
        if (target.subresource().isEmpty()) {
            KindRules kind = rules.of(type);
            kind.prepareUpdate(old, next);
            kind.defaults(next);
        }
        nulls.fill(type, next);
        if (applied) {
            Metadata.copyOrRemove(written.path("metadata"), Json.child(next, "metadata"), "managedFields");
        } else {
            ownership.updated(target, old, next, options);
        }
        if (!target.subresource().equals("binding")) {
            countGeneration(type, old, next);
        }
        validation.update(type, target.subresource(), old, next);
        admission.update(type, old, next);
        if (options.dryRun()) {
            return Optional.of(admission.dryRun(type, old, next));
        }
        if (Metadata.gone(type, next)) {
            // The answer to a request that took the last finalizer away shows what it asked for.
            return store.remove(target.key(), old).map(removed -> {
                admission.removed(type, removed);
                return next;
            });
        }
        return admission.storing(type, old, next, () -> store.replace(target.key(), old, next));
    }

    private static void countGeneration(ResourceType type, ObjectNode old, ObjectNode next) {
        if (!type.generation()) {
            return;
        }
        boolean changed = false;
        for (String field : List.of("spec", "endpoints", "ports")) {
            changed |= !Json.same(old.path(field), next.path(field));
        }
        if (changed) {
            long generation = Json.at(old, "metadata", "generation").asLong(0);
            Json.child(next, "metadata").put("generation", generation + 1);
        }
    }
}
