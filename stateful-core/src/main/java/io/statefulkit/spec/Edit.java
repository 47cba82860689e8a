package io.statefulkit.spec;

import java.util.function.Consumer;

/**
 * A change of the rendered objects.
 *
 * @param target builder of fabric8 that the change wants to see, for example {@code StatefulSetBuilder}
 * @param container name of the only container to change; all builders of the type if empty
 * @param change what to do with a builder
 * @param <B> type of the builder
 */
public record Edit<B>(Class<B> target, String container, Consumer<B> change) {

    /** Return what is edited, for messages. */
    @Override
    public String toString() {
        return container.isEmpty() ? target.getSimpleName() : "container " + container;
    }
}
