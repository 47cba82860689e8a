package io.statefulkit.embedded.api.admission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.ResourceCatalog;
import io.statefulkit.embedded.json.Json;
import io.statefulkit.embedded.store.ObjectStore;
import java.util.Comparator;
import java.util.Optional;

/** Gives claims without a storage class the default one. */
final class DefaultStorageClass {

    private static final String ANNOTATION = "storageclass.kubernetes.io/is-default-class";

    private DefaultStorageClass() {}

    static void assign(ObjectStore store, ObjectNode claim) {
        ObjectNode spec = Json.child(claim, "spec");
        if (spec.hasNonNull("storageClassName")) {
            return;
        }
        newest(store).ifPresent(name -> spec.put("storageClassName", name));
    }

    private static Optional<String> newest(ObjectStore store) {
        return store.list(ResourceCatalog.STORAGE_CLASSES.qualified(), "").objects().stream()
                .filter(storageClass -> Json.text(storageClass, "metadata", "annotations", ANNOTATION)
                        .equals("true"))
                .max(Comparator.comparing((ObjectNode found) -> Json.text(found, "metadata", "creationTimestamp"))
                        .thenComparing(found -> Json.text(found, "metadata", "name"), Comparator.reverseOrder()))
                .map(storageClass -> Json.text(storageClass, "metadata", "name"));
    }
}
