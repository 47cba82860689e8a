package io.statefulkit.embedded.api;

import java.util.List;

/**
 * One kind of object that the API server keeps.
 *
 * @param group the API group, empty for the core group
 * @param version the one version served, such as {@code v1}
 * @param kind the kind, such as {@code StatefulSet}
 * @param plural the resource in paths, such as {@code statefulsets}
 * @param singular the singular name, such as {@code statefulset}
 * @param namespaced whether objects live in a namespace
 * @param shortNames what {@code kubectl} accepts instead, such as {@code sts}
 * @param generation whether {@code metadata.generation} counts changes of the spec
 * @param status whether there is a {@code /status} subresource
 * @param scale whether there is a {@code /scale} subresource
 * @param categories the groups that {@code kubectl get} expands, such as {@code all}
 */
public record ResourceType(
        String group,
        String version,
        String kind,
        String plural,
        String singular,
        boolean namespaced,
        List<String> shortNames,
        boolean generation,
        boolean status,
        boolean scale,
        List<String> categories) {

    public ResourceType {
        shortNames = List.copyOf(shortNames);
        categories = List.copyOf(categories);
    }

    /** Returns {@code v1} or {@code apps/v1}. */
    public String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    /** Returns {@code pods} or {@code statefulsets.apps}: how messages and keys name the resource. */
    public String qualified() {
        return group.isEmpty() ? plural : plural + "." + group;
    }

    /** Returns {@code Pod} or {@code StatefulSet.apps}: how 422 messages name the kind. */
    public String qualifiedKind() {
        return group.isEmpty() ? kind : kind + "." + group;
    }
}
