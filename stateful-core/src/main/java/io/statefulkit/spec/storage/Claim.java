package io.statefulkit.spec.storage;

import io.statefulkit.internal.Checks;
import java.util.Optional;

/**
 * A request for a volume: a volume claim template of a StatefulSet, or one PersistentVolumeClaim.
 *
 * @param name name of the template or claim
 * @param size how much; 1Gi unless said
 * @param accessMode who may mount it; ReadWriteOnce unless said
 * @param storageClass the StorageClass; the cluster's default class unless said
 * @param existing true if the claim is there already and is not to be created
 * @param volume the volume made by hand that it binds; any if empty
 */
public record Claim(
        String name,
        Size size,
        AccessMode accessMode,
        Optional<String> storageClass,
        boolean existing,
        Optional<StaticVolume> volume) {

    public Claim {
        Checks.label(name, "claim name");
        storageClass.ifPresent(text -> Checks.subdomain(text, "storageClass"));
    }

    /** Return a claim of 1Gi, ReadWriteOnce, from the default class. */
    public static Claim named(String name) {
        return new Claim(name, Size.of("1Gi"), AccessMode.READ_WRITE_ONCE, Optional.empty(), false, Optional.empty());
    }

    /** Return a claim that somebody else has created under this name. */
    public static Claim existing(String name) {
        return new Claim(name, Size.of("1Gi"), AccessMode.READ_WRITE_ONCE, Optional.empty(), true, Optional.empty());
    }

    /** Ask for this much, for example {@code 10Gi}. */
    public Claim size(String size) {
        return new Claim(name, Size.of(size), accessMode, storageClass, existing, volume);
    }

    /** Ask for a volume of this class. */
    public Claim storageClass(String storageClass) {
        return new Claim(name, size, accessMode, Optional.of(storageClass), existing, volume);
    }

    /** Let only one pod of the whole cluster mount it (ReadWriteOncePod, Kubernetes 1.29 or newer). */
    public Claim exclusiveToOnePod() {
        return accessMode(AccessMode.READ_WRITE_ONCE_POD);
    }

    /** Ask for a volume with this access mode. */
    public Claim accessMode(AccessMode accessMode) {
        return new Claim(name, size, accessMode, storageClass, existing, volume);
    }

    /** Bind this volume, which is created together with the claim and has its size. */
    public Claim on(StaticVolume volume) {
        return new Claim(name, size, accessMode, storageClass, existing, Optional.of(volume));
    }
}
