package io.statefulkit.spec.storage;

/** What happens to a volume when its claim is deleted. */
public enum Reclaim {
    /** The volume stays, with its data, until somebody releases it. */
    RETAIN("Retain"),
    /** The volume and its data are deleted. */
    DELETE("Delete");

    private final String text;

    Reclaim(String text) {
        this.text = text;
    }

    /** Return the word that Kubernetes uses. */
    public String text() {
        return text;
    }
}
