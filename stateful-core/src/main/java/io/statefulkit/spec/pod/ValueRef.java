package io.statefulkit.spec.pod;

import io.statefulkit.internal.Checks;

/** A setting that is either written down or kept in a ConfigMap. */
public sealed interface ValueRef {

    /** Return this very value. */
    static ValueRef of(String value) {
        return new Literal(value);
    }

    /** Return what the ConfigMap of this name has under this key. */
    static ValueRef configMap(String name, String key) {
        return new ConfigMapKey(name, key);
    }

    /** A value. */
    record Literal(String value) implements ValueRef {
        public Literal {
            Checks.notBlank(value, "value");
        }
    }

    /** A key of a ConfigMap that somebody else keeps. */
    record ConfigMapKey(String name, String key) implements ValueRef {
        public ConfigMapKey {
            Checks.subdomain(name, "config map");
            Checks.dataKey(key, "config map key");
        }
    }
}
