package io.statefulkit.embedded.http;

import io.statefulkit.embedded.api.ResourceCatalog;
import io.statefulkit.embedded.api.ResourceType;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a path names.
 *
 * @param type the kind
 * @param namespace the namespace, or empty for cluster-scoped kinds and for all namespaces
 * @param name the object, or empty for the collection
 * @param subresource the subresource, or empty
 */
public record Target(ResourceType type, String namespace, String name, String subresource) {

    /** Parses {@code /api/v1/...} and {@code /apis/GROUP/VERSION/...}; empty when no such resource is served. */
    static Optional<Target> parse(ResourceCatalog catalog, String path) {
        List<String> parts = segments(path);
        boolean core = parts.size() >= 3 && parts.get(0).equals("api");
        if (!core && (parts.size() < 4 || !parts.get(0).equals("apis"))) {
            return Optional.empty();
        }
        String group = core ? "" : parts.get(1);
        String version = parts.get(core ? 1 : 2);
        List<String> rest = parts.subList(core ? 2 : 3, parts.size());
        return resource(catalog, group, version, rest);
    }

    private static Optional<Target> resource(ResourceCatalog catalog, String group, String version, List<String> rest) {
        boolean inNamespace = rest.get(0).equals("namespaces") && rest.size() >= 3;
        if (inNamespace) {
            Optional<Target> namespaced = catalog.find(group, version, rest.get(2))
                    .filter(ResourceType::namespaced)
                    .flatMap(type -> of(type, rest.get(1), rest.subList(3, rest.size())));
            if (namespaced.isPresent()) {
                return namespaced;
            }
        }
        return catalog.find(group, version, rest.get(0)).flatMap(type -> of(type, "", rest.subList(1, rest.size())));
    }

    private static Optional<Target> of(ResourceType type, String namespace, List<String> rest) {
        // An object of a namespaced kind cannot be named without its namespace.
        if (rest.size() > 2 || (type.namespaced() && namespace.isEmpty() && !rest.isEmpty())) {
            return Optional.empty();
        }
        return Optional.of(
                new Target(type, namespace, rest.isEmpty() ? "" : rest.get(0), rest.size() < 2 ? "" : rest.get(1)));
    }

    private static List<String> segments(String path) {
        List<String> segments = new ArrayList<>();
        for (String part : path.split("/", -1)) {
            if (!part.isEmpty()) {
                segments.add(decoded(part));
            }
        }
        return segments;
    }

    private static String decoded(String part) {
        try {
            return part.indexOf('%') < 0 ? part : URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Refusal.badRequest("the path of the request is malformed: " + e.getMessage());
        }
    }
}
