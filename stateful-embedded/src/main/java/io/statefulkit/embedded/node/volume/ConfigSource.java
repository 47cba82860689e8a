package io.statefulkit.embedded.node.volume;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ServiceAccountTokenProjection;
import java.util.Map;
import java.util.Optional;

/** What a pod may refer to. */
public interface ConfigSource {

    /** Returns the data of a ConfigMap. */
    Optional<Map<String, byte[]>> configMap(String namespace, String name);

    /** Returns the data of a Secret. */
    Optional<Map<String, byte[]>> secret(String namespace, String name);

    /** Returns the directory behind a claim. */
    Optional<java.nio.file.Path> claim(String namespace, String name);

    /** Returns a token of a service account, for a pod. */
    String token(Pod pod, ServiceAccountTokenProjection wanted);

    /** Returns how much pods may have of a resource of a node; nothing when the node does not say. */
    Optional<String> allocatable(String node, String resource);

    /** Returns the variables for the services of a namespace. */
    Map<String, String> services(String namespace, boolean all);
}
