package io.statefulkit.cluster.k3s;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The file that tells a node of k3s where to pull from: what Testcontainers is told holds for its own pulls only. Pure. */
final class K3sRegistries {

    /** Where a node looks for it. */
    static final String FILE = "/etc/rancher/k3s/registries.yaml";

    private static final String DOCKER_HUB = "docker.io";

    private K3sRegistries() {}

    /**
     * The content; nothing when there is nothing to tell.
     *
     * @param mirrors registries and the endpoints to use instead
     * @param hubPrefix Testcontainers' {@code hub.image.name.prefix}, such as {@code registry.example/mirror/}, or nothing; a mirror
     *     for Docker Hub among the others wins
     */
    static Optional<String> yaml(Map<String, String> mirrors, String hubPrefix) {
        Map<String, String> entries = new TreeMap<>();
        mirrors.forEach((registry, endpoint) -> entries.put(registry, entry(registry, url(endpoint), "")));
        String prefix = hubPrefix.strip().replaceAll("/+$", "");
        if (!prefix.isEmpty() && !mirrors.containsKey(DOCKER_HUB)) {
            String[] hostAndPath = prefix.split("/", 2);
            entries.put(
                    DOCKER_HUB,
                    entry(DOCKER_HUB, url(hostAndPath[0]), hostAndPath.length == 1 ? "" : rewrite(hostAndPath[1])));
        }
        return entries.isEmpty()
                ? Optional.empty()
                : Optional.of(entries.values().stream().collect(Collectors.joining("", "mirrors:\n", "")));
    }

    private static String url(String endpoint) {
        return endpoint.contains("://") ? endpoint : "https://" + endpoint;
    }

    private static String rewrite(String path) {
        return "    rewrite:\n      \"^(.*)$\": \"" + path + "/$1\"\n";
    }

    private static String entry(String registry, String endpoint, String rewrite) {
        return "  \"" + registry + "\":\n    endpoint:\n      - \"" + endpoint + "\"\n" + rewrite;
    }
}
