package io.statefulkit.embedded.node.volume;

/** Something that a pod refers to is not there; the message is what its status or event says. */
public final class ConfigException extends Exception {

    private static final long serialVersionUID = 1;

    private final String volume;

    /** Something is missing, or forbidden, that is no volume. */
    public ConfigException(String message) {
        this(message, "");
    }

    ConfigException(String message, String volume) {
        super(message);
        this.volume = volume;
    }

    /** Returns the volume that could not be set up, or an empty text. */
    public String volume() {
        return volume;
    }
}
