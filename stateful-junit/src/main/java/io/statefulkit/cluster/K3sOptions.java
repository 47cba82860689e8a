package io.statefulkit.cluster;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What only k3s can be told.
 *
 * @param image the image of its nodes; a version alone, such as {@code v1.34.1} or {@code v1.34.1+k3s1}, means that of
 *     {@code rancher/k3s}
 * @param preload images of the Docker engine that its nodes get without a registry, by name; a name that ends like an archive
 *     ({@code .tar}, {@code .tar.gz}, {@code .tar.zst}) is that of a file of images
 * @param mirrors where images are pulled from instead: registries, such as {@code docker.io}, and the endpoints for them
 */
public record K3sOptions(String image, List<String> preload, Map<String, String> mirrors) {

    private static final Pattern VERSION = Pattern.compile("v?(\\d+\\.\\d+\\.\\d+)(?:[-+](k3s\\d+))?");

    /** Copies the collections. */
    public K3sOptions {
        Matcher version = VERSION.matcher(image);
        if (version.matches()) {
            image = "rancher/k3s:v" + version.group(1) + "-" + Objects.requireNonNullElse(version.group(2), "k3s1");
        }
        preload = List.copyOf(preload);
        mirrors = Map.copyOf(mirrors);
    }

    /** This image, with nothing preloaded and no mirrors. */
    public static K3sOptions ofImage(String image) {
        return new K3sOptions(image, List.of(), Map.of());
    }
}
