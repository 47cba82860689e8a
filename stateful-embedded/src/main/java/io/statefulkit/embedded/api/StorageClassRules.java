package io.statefulkit.embedded.api;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Storage classes. */
final class StorageClassRules implements KindRules {

    @Override
    public void defaults(ObjectNode storageClass) {
        Defaults.text(storageClass, "reclaimPolicy", "Delete");
        Defaults.text(storageClass, "volumeBindingMode", "Immediate");
    }
}
