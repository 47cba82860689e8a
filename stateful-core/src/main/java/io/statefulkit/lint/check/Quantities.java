package io.statefulkit.lint.check;

import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;

/** Amounts in manifests. */
final class Quantities {

    private Quantities() {}

    /** Return the amount of storage as it was written. */
    static String text(Map<String, Quantity> amounts) {
        Quantity storage = amounts.get("storage");
        return storage == null ? "nothing" : storage.toString();
    }
}
