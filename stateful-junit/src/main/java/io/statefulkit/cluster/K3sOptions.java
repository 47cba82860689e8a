package io.statefulkit.cluster;

import java.util.List;
import java.util.Map;

/**
 * What only k3s can be told.
 *
 * @param image the image of its nodes
 * @param preload images of the Docker engine that its nodes get without a registry, by name; a name that ends like an archive
 *     ({@code .tar}, {@code .tar.gz}, {@code .tar.zst}) is that of a file of images
 * @param mirrors where images are pulled from instead: registries, such as {@code docker.io}, and the endpoints for them
 */
public record K3sOptions(String image, List<String> preload, Map<String, String> mirrors) {

    /** Copies the collections. */
    public K3sOptions {
        preload = List.copyOf(preload);
        mirrors = Map.copyOf(mirrors);
    }

    /** This image, with nothing preloaded and no mirrors. */
    public static K3sOptions ofImage(String image) {
        return new K3sOptions(image, List.of(), Map.of());
    }
}
