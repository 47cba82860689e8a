package io.statefulkit.manifest.render;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.statefulkit.spec.pod.ValueRef;
import java.util.Map;

/** ConfigMaps, and what refers to them. */
final class ConfigMaps {

    private ConfigMaps() {}

    static ConfigMap of(String name, Labels labels, Map<String, String> data) {
        return new ConfigMapBuilder()
                .withMetadata(labels.meta(name))
                .withData(data)
                .build();
    }

    static Volume volume(String volume, String configMap) {
        return new VolumeBuilder()
                .withName(volume)
                .withNewConfigMap()
                .withName(configMap)
                .endConfigMap()
                .build();
    }

    static EnvVar variable(String name, ValueRef value) {
        if (value instanceof ValueRef.ConfigMapKey key) {
            return new EnvVarBuilder()
                    .withName(name)
                    .withNewValueFrom()
                    .withNewConfigMapKeyRef(key.key(), key.name(), null)
                    .endValueFrom()
                    .build();
        }
        return new EnvVar(name, ((ValueRef.Literal) value).value(), null);
    }
}
