package io.statefulkit.manifest.render;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.statefulkit.spec.Annotations;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Marks the template of pods with what their author has said in a file that the server reads when it starts, and only then:
 * another word there has to replace the pods. What this library says by itself is not part of the mark, so that a version with
 * other defaults replaces nobody's pods.
 *
 * @param configMap name of the file's ConfigMap
 * @param own what would be in it if its author had said nothing
 */
record ConfigMark(String configMap, Map<String, String> own) {

    /** Returns the objects with the mark, which are the same ones where the files are as we write them. */
    List<HasMetadata> on(List<HasMetadata> objects) {
        List<String> said = objects.stream()
                .filter(object -> object instanceof ConfigMap
                        && object.getMetadata().getName().equals(configMap))
                .flatMap(object -> said((ConfigMap) object).stream())
                .toList();
        return said.isEmpty()
                ? objects
                : objects.stream()
                        .map(object -> marked(object, Hash.of(String.join("\n", said))))
                        .toList();
    }

    private List<String> said(ConfigMap map) {
        Map<String, String> files = new TreeMap<>(Objects.requireNonNullElse(map.getData(), Map.of()));
        own.keySet().forEach(file -> files.putIfAbsent(file, ""));
        List<String> said = new ArrayList<>();
        files.forEach((file, text) -> {
            List<String> ours = own.getOrDefault(file, "").lines().toList();
            Set<String> options = text.lines().map(ConfigMark::option).collect(Collectors.toSet());
            text.lines().filter(line -> !ours.contains(line)).forEach(line -> said.add(file + ": " + line));
            ours.stream()
                    .map(ConfigMark::option)
                    .filter(option -> !options.contains(option))
                    .forEach(option -> said.add(file + " without " + option));
        });
        return said;
    }

    private static String option(String line) {
        return line.strip().split("\\s", 2)[0];
    }

    private static HasMetadata marked(HasMetadata object, String mark) {
        if (object instanceof StatefulSet set) {
            PodTemplateSpec template = marked(set.getSpec().getTemplate(), mark);
            return new StatefulSetBuilder(set)
                    .editSpec()
                    .withTemplate(template)
                    .endSpec()
                    .build();
        }
        if (object instanceof Deployment deployment) {
            PodTemplateSpec template = marked(deployment.getSpec().getTemplate(), mark);
            return new DeploymentBuilder(deployment)
                    .editSpec()
                    .withTemplate(template)
                    .endSpec()
                    .build();
        }
        return object;
    }

    private static PodTemplateSpec marked(PodTemplateSpec template, String mark) {
        return new PodTemplateSpecBuilder(template)
                .editOrNewMetadata()
                .addToAnnotations(Annotations.CONFIG, mark)
                .endMetadata()
                .build();
    }
}
