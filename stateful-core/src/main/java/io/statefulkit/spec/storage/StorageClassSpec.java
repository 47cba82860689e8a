package io.statefulkit.spec.storage;

import io.statefulkit.internal.Checks;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A StorageClass. It belongs to the whole cluster, so it has no namespace.
 *
 * @param name of the class
 * @param provisioner what makes its volumes
 * @param reclaim what happens to a volume when its claim is deleted; kept unless said
 * @param expandable whether claims may grow later; they may unless said
 * @param parameters what the provisioner wants to know
 */
public record StorageClassSpec(
        String name, String provisioner, Reclaim reclaim, boolean expandable, Map<String, String> parameters) {

    /** The provisioner of classes whose volumes are made by hand. */
    public static final String NO_PROVISIONER = "kubernetes.io/no-provisioner";

    public StorageClassSpec {
        Checks.subdomain(name, "storage class name");
        Checks.notBlank(provisioner, "provisioner");
        parameters = Collections.unmodifiableMap(new TreeMap<>(parameters));
    }

    /** Return a class whose volumes are made by hand, until {@link #provisioner} says otherwise. */
    public static StorageClassSpec named(String name) {
        return new StorageClassSpec(name, NO_PROVISIONER, Reclaim.RETAIN, false, Map.of());
    }

    /** Let this provisioner make the volumes; claims may then grow. */
    public StorageClassSpec provisioner(String provisioner) {
        return new StorageClassSpec(name, provisioner, reclaim, true, parameters);
    }

    /** Say what happens to a volume when its claim is deleted. */
    public StorageClassSpec reclaim(Reclaim reclaim) {
        return new StorageClassSpec(name, provisioner, reclaim, expandable, parameters);
    }

    /** Say whether claims may grow later. */
    public StorageClassSpec expandable(boolean expandable) {
        return new StorageClassSpec(name, provisioner, reclaim, expandable, parameters);
    }

    /** Tell the provisioner something. */
    public StorageClassSpec parameter(String key, String value) {
        Map<String, String> more = new TreeMap<>(parameters);
        more.put(Checks.notBlank(key, "parameter key"), value);
        return new StorageClassSpec(name, provisioner, reclaim, expandable, more);
    }
}
