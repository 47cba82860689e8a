package io.statefulkit.manifest.render;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.statefulkit.spec.Identity;
import io.statefulkit.spec.PodSettings;
import io.statefulkit.spec.Settings;
import java.util.Map;
import java.util.TreeMap;

/** The labels of a workload's objects, from one source, so that selectors and pods always agree. */
record Labels(Identity identity, PodSettings pod, String app) {

    private static final String PREFIX = "app.kubernetes.io/";

    static Labels of(Settings settings, String app) {
        return new Labels(settings.identity(), settings.pod(), app);
    }

    /** Return the labels of jobs: another name, so that no Service sends them clients. */
    Labels ofJobs() {
        return new Labels(identity, pod, app + "-job");
    }

    /** Return what selects the server's pods: nothing in it ever changes. */
    Map<String, String> selector() {
        Map<String, String> labels = new TreeMap<>();
        labels.put(PREFIX + "name", app);
        labels.put(PREFIX + "instance", identity.name());
        labels.put(PREFIX + "component", "database");
        return labels;
    }

    /** Return the labels of volumes, which can never change, so the version is not among them. */
    Map<String, String> lasting() {
        Map<String, String> labels = new TreeMap<>(identity.labels());
        labels.putAll(selector());
        labels.put(PREFIX + "part-of", identity.name());
        labels.put(PREFIX + "managed-by", "statefulkit");
        return labels;
    }

    /** Return the labels of everything else. */
    Map<String, String> all() {
        Map<String, String> labels = lasting();
        pod.image()
                .flatMap(image -> image.tag())
                .filter(Labels::isValue)
                .ifPresent(tag -> labels.put(PREFIX + "version", tag));
        return labels;
    }

    ObjectMeta meta(String name) {
        return new ObjectMetaBuilder()
                .withName(name)
                .withNamespace(identity.namespace().orElse(null))
                .withLabels(all())
                .build();
    }

    /** Return metadata of an object of the whole cluster. */
    ObjectMeta clusterMeta(String name) {
        return new ObjectMetaBuilder().withName(name).withLabels(all()).build();
    }

    private static boolean isValue(String tag) {
        return tag.length() <= 63 && tag.matches("[A-Za-z0-9].*[A-Za-z0-9]|[A-Za-z0-9]");
    }
}
