package io.statefulkit.survival.disruption.power;

/**
 * Ends the main process of a container with SIGKILL, from outside of the container. The way depends on the cluster: a process cannot
 * kill the first process of its own pid namespace, so {@code kubectl exec … kill -9 1} does nothing and reports success.
 */
@FunctionalInterface
public interface ProcessKill {

    /**
     * Kills it.
     *
     * @param namespace the namespace of the pod
     * @param pod the name of the pod
     * @param container the name of the container
     */
    void kill(String namespace, String pod, String container);

    /** For a cluster in which nothing can be killed from outside: refuses, saying why. */
    static ProcessKill impossible(String why) {
        return (namespace, pod, container) -> {
            throw new UnmetNeedException("cannot kill the process of container " + container + " of pod " + namespace
                    + "/" + pod + ": " + why);
        };
    }
}
