package io.statefulkit.spec;

/** The annotations that StatefulKit writes and reads. */
public final class Annotations {

    /** On a Secret: keys, separated by commas, that get a random value when the Secret is created. */
    public static final String GENERATE = "statefulkit.dev/generate";

    private Annotations() {}
}
