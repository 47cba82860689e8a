package io.statefulkit.embedded.store;

/**
 * Where an object is kept. Keys are ordered as the texts {@code resource/namespace/name} are.
 *
 * @param resource the qualified resource, such as {@code statefulsets.apps}
 * @param namespace the namespace, empty for objects of the cluster
 * @param name the name
 */
public record ObjectKey(String resource, String namespace, String name) implements Comparable<ObjectKey> {

    @Override
    public int compareTo(ObjectKey other) {
        int result = resource.compareTo(other.resource);
        if (result == 0) {
            result = compareWithSlash(namespace, other.namespace);
        }
        return result == 0 ? name.compareTo(other.name) : result;
    }

    /** Compares two texts as if each was followed by a slash, which is after {@code -} and before all letters. */
    private static int compareWithSlash(String a, String b) {
        int common = Math.min(a.length(), b.length());
        for (int i = 0; i < common; i++) {
            if (a.charAt(i) != b.charAt(i)) {
                return a.charAt(i) - b.charAt(i);
            }
        }
        if (a.length() == b.length()) {
            return 0;
        }
        return a.length() < b.length() ? '/' - b.charAt(common) : a.charAt(common) - '/';
    }
}
