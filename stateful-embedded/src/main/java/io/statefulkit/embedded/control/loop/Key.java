package io.statefulkit.embedded.control.loop;

/**
 * Names an object of a kind.
 *
 * @param namespace the namespace; empty for cluster-scoped kinds
 * @param name the name
 */
public record Key(String namespace, String name) {
    @Override
    public String toString() {
        return namespace.isEmpty() ? name : namespace + "/" + name;
    }
}
