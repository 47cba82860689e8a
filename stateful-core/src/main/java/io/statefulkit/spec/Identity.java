package io.statefulkit.spec;

import io.statefulkit.internal.Checks;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a workload is called.
 *
 * @param name of the workload and its client Service, at most 52 characters
 * @param namespace where it lives; the place of deployment decides if empty
 * @param labels additional labels of all objects
 * @param annotations additional annotations of the workload object
 */
public record Identity(
        String name, Optional<String> namespace, Map<String, String> labels, Map<String, String> annotations) {

    public Identity {
        Checks.dnsLabel(name, 52, "name");
        namespace.ifPresent(text -> Checks.dnsLabel(text, 63, "namespace"));
        labels = Map.copyOf(new TreeMap<>(labels));
        annotations = Map.copyOf(new TreeMap<>(annotations));
    }

    static Identity named(String name) {
        return new Identity(name, Optional.empty(), Map.of(), Map.of());
    }

    Identity inNamespace(String text) {
        return new Identity(name, Optional.of(text), labels, annotations);
    }
}
