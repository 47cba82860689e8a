package io.statefulkit.spec;

import io.statefulkit.internal.Checks;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a workload is called.
 *
 * @param name of the workload and its client Service, at most 52 characters
 * @param namespace where it lives; the place of deployment decides if empty
 * @param createNamespace true if the namespace is one of the objects
 * @param labels additional labels of all objects
 * @param annotations additional annotations of the object that runs the pods
 */
public record Identity(
        String name,
        Optional<String> namespace,
        boolean createNamespace,
        Map<String, String> labels,
        Map<String, String> annotations) {

    public Identity {
        Checks.dnsLabel(name, 52, "name");
        namespace.ifPresent(text -> Checks.label(text, "namespace"));
        labels = Collections.unmodifiableMap(new TreeMap<>(labels));
        labels.keySet().forEach(key -> Checks.metaKey(key, "label"));
        labels.values().forEach(value -> Checks.labelValue(value, "label value"));
        annotations = Collections.unmodifiableMap(new TreeMap<>(annotations));
        annotations.keySet().forEach(key -> Checks.metaKey(key, "annotation"));
    }

    static Identity named(String name) {
        return new Identity(name, Optional.empty(), false, Map.of(), Map.of());
    }

    Identity namespace(String value) {
        return new Identity(name, Optional.of(value), createNamespace, labels, annotations);
    }

    Identity createNamespace(boolean value) {
        return new Identity(name, namespace, value, labels, annotations);
    }

    Identity labels(Map<String, String> value) {
        return new Identity(name, namespace, createNamespace, value, annotations);
    }

    Identity annotations(Map<String, String> value) {
        return new Identity(name, namespace, createNamespace, labels, value);
    }
}
