package io.statefulkit.embedded.api;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What tells a kind from most others, which live in a namespace, have no subresources and are in no category. */
enum KindTrait {
    /** Objects live in no namespace. */
    CLUSTER_WIDE,

    /** Changes of the spec are counted. */
    GENERATION,

    /** There is a {@code /status} subresource. */
    STATUS,

    /** There is a {@code /scale} subresource. */
    SCALE,

    /** {@code kubectl get all} shows it. */
    ALL;

    /**
     * Returns a kind of version {@code v1}, whose singular name is that of the kind in lower case.
     *
     * @param group the API group, empty for the core group
     * @param shortName what {@code kubectl} accepts instead, empty for nothing
     */
    static ResourceType kind(String group, String kind, String plural, String shortName, KindTrait... traits) {
        Set<KindTrait> has = Set.of(traits);
        return new ResourceType(
                group,
                "v1",
                kind,
                plural,
                kind.toLowerCase(Locale.ROOT),
                !has.contains(CLUSTER_WIDE),
                shortName.isEmpty() ? List.of() : List.of(shortName),
                has.contains(GENERATION),
                has.contains(STATUS),
                has.contains(SCALE),
                has.contains(ALL) ? List.of("all") : List.of());
    }
}
