package io.statefulkit.spec;

import io.statefulkit.internal.Checks;
import io.statefulkit.spec.pod.Exposure;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Who can reach a workload, and how.
 *
 * @param exposure type of the client Service
 * @param allowed labels of the pods that may connect; all may if the list is empty
 */
public record Network(Exposure exposure, List<Map<String, String>> allowed) {

    public Network {
        allowed = allowed.stream()
                .map(labels -> Collections.unmodifiableMap((Map<String, String>) new TreeMap<>(labels)))
                .toList();
        for (Map<String, String> labels : allowed) {
            labels.keySet().forEach(key -> Checks.metaKey(key, "label"));
            labels.values().forEach(value -> Checks.labelValue(value, "label value"));
        }
    }

    static Network open() {
        return new Network(Exposure.clusterOnly(), List.of());
    }

    Network exposure(Exposure value) {
        return new Network(value, allowed);
    }

    Network allowed(List<Map<String, String>> value) {
        return new Network(exposure, value);
    }
}
