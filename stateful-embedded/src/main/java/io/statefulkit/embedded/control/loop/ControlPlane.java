package io.statefulkit.embedded.control.loop;

/** Where controllers say that they run. */
public final class ControlPlane {

    /** The name of the host: some components put it into the names they report by. */
    public static final String HOST = "embedded";

    private ControlPlane() {}
}
