package io.statefulkit.spec;

/** The annotations and labels that StatefulKit writes and reads. */
public final class Annotations {

    /** On a Secret: keys, separated by commas, that get a random value when the Secret is created. */
    public static final String GENERATE = "statefulkit.dev/generate";

    /** On a workload with several replicas: the author knows that they are unrelated databases. */
    public static final String INDEPENDENT = "statefulkit.dev/independent-replicas";

    /** On a CronJob: the author knows that its SQL deletes data. */
    public static final String DESTRUCTIVE = "statefulkit.dev/destructive";

    /**
     * On pods: a mark of what was said with {@code withConfig}, where the server reads it from a file when it starts; another mark
     * replaces the pods.
     */
    public static final String CONFIG = "statefulkit.dev/config";

    /** On a claim: major version of the server that initialised it. */
    public static final String MAJOR = "statefulkit.dev/major";

    /** On a claim: {@code debian} or {@code alpine}, the image that initialised it. */
    public static final String IMAGE_FAMILY = "statefulkit.dev/image-family";

    /** The label of a claim or Secret that was kept when its workload was undeployed. */
    public static final String RETAINED = "statefulkit.dev/retained";

    private Annotations() {}
}
