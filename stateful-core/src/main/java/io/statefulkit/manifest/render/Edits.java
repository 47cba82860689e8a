package io.statefulkit.manifest.render;

import io.fabric8.kubernetes.api.builder.TypedVisitor;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesListBuilder;
import io.statefulkit.spec.Edit;
import java.util.List;
import java.util.Objects;

/** Applies the changes that a user makes to the rendered objects. */
final class Edits {

    private Edits() {}

    /** Apply them to all objects of a workload. */
    static List<HasMetadata> apply(List<Edit<?>> edits, List<HasMetadata> objects) {
        List<HasMetadata> current = objects;
        for (Edit<?> edit : edits) {
            List<HasMetadata> edited = applied(edit, current);
            // A change that silently does nothing is worse than an error.
            if (edited.equals(current)) {
                throw new IllegalArgumentException(
                        "the edit of %s changed nothing: there is no such part, or it is like that already"
                                .formatted(edit));
            }
            current = edited;
        }
        return current;
    }

    /** Apply them to some objects only, which need not have what an edit is about. */
    static List<HasMetadata> applyToSome(List<Edit<?>> edits, List<HasMetadata> objects) {
        List<HasMetadata> current = objects;
        for (Edit<?> edit : edits) {
            current = applied(edit, current);
        }
        return current;
    }

    private static <B> List<HasMetadata> applied(Edit<B> edit, List<HasMetadata> objects) {
        return new KubernetesListBuilder()
                .withItems(objects)
                .accept(new TypedVisitor<B>() {
                    @Override
                    public Class<B> getType() {
                        return edit.target();
                    }

                    @Override
                    public void visit(B builder) {
                        if (edit.container().isEmpty() || isContainer(builder, edit.container())) {
                            edit.change().accept(builder);
                        }
                    }
                })
                .build()
                .getItems();
    }

    private static boolean isContainer(Object builder, String name) {
        return builder instanceof ContainerBuilder container && Objects.equals(container.getName(), name);
    }
}
