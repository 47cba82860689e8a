package io.statefulkit.junit;

import java.util.Locale;
import java.util.UUID;

/** Names of namespaces that tell what they belong to, and that nothing else has. */
final class NamespaceName {

    /** A name has at most 63 characters. */
    private static final int READABLE = 54;

    private static final int RANDOM = 8;

    private NamespaceName() {}

    /** {@code OrdersDbTest} becomes {@code orders-db-test-0f3a91c2}. */
    static String of(String owner) {
        String readable = owner.replaceAll("([a-z0-9])([A-Z])", "$1-$2")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^[^a-z]+", "");
        String cut =
                readable.substring(0, Math.min(READABLE, readable.length())).replaceAll("-+$", "");
        return (cut.isEmpty() ? "test" : cut) + "-"
                + UUID.randomUUID().toString().substring(0, RANDOM);
    }
}
