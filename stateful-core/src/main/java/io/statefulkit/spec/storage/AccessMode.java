package io.statefulkit.spec.storage;

/** Who may mount a volume at the same time. */
public enum AccessMode {
    /** Pods of one node, read and write. Does not keep two pods of one node apart. */
    READ_WRITE_ONCE("ReadWriteOnce"),
    /** One pod of the whole cluster. */
    READ_WRITE_ONCE_POD("ReadWriteOncePod"),
    /** Pods of any node, read and write. */
    READ_WRITE_MANY("ReadWriteMany"),
    /** Pods of any node, reading only. */
    READ_ONLY_MANY("ReadOnlyMany");

    private final String text;

    AccessMode(String text) {
        this.text = text;
    }

    /** Return the word that Kubernetes uses. */
    public String text() {
        return text;
    }
}
