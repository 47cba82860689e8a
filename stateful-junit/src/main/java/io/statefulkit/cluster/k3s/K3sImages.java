package io.statefulkit.cluster.k3s;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.utility.MountableFile;

/** Gives nodes the images of the Docker engine, without a registry in between. */
final class K3sImages {

    private static final Logger LOG = LoggerFactory.getLogger(K3sImages.class);
    private static final String ARCHIVE = "/tmp/statefulkit-image.tar";

    private final DockerClient docker = DockerClientFactory.instance().client();
    private final String platform;

    K3sImages(String platform) {
        this.platform = platform;
    }

    /** Whether this names a file of images, which a node takes by itself when it starts. */
    static boolean isArchive(String name) {
        return name.matches(".*\\.(tar|tar\\.gz|tgz|tar\\.zst|tar\\.lz4|tar\\.bz2)");
    }

    /** Where a node looks for files of images when it starts. */
    static String placeOf(Path archive) {
        return "/var/lib/rancher/k3s/agent/images/" + archive.getFileName();
    }

    /** Loads an image into the nodes that do not have it. One that the engine has not is left to the nodes to pull. */
    void load(String image, List<K3sNode> nodes) {
        try {
            String id = Objects.requireNonNullElse(
                    docker.inspectImageCmd(image).exec().getId(), "");
            List<K3sNode> lacking =
                    nodes.stream().filter(node -> !has(node, id)).toList();
            if (!lacking.isEmpty()) {
                load(image, id, lacking);
            }
        } catch (NotFoundException e) {
            LOG.info("the Docker engine has no image {}; the cluster pulls it", image);
        }
    }

    private static boolean has(K3sNode node, String id) {
        return !id.isEmpty()
                && Arrays.asList(node.run(K3sCommand.imageIds()).split("\\s+")).contains(id);
    }

    private void load(String image, String id, List<K3sNode> nodes) {
        Path archive = empty();
        try {
            save(image, archive);
            for (K3sNode node : nodes) {
                node.container().copyFileToContainer(MountableFile.forHostPath(archive), ARCHIVE);
                String unused = node.run(K3sCommand.load(ARCHIVE, platform));
                forget(node);
                LOG.debug("loaded {} ({}) into {}", image, id, node);
            }
        } finally {
            delete(archive);
        }
    }

    /** It takes space only. */
    private static void forget(K3sNode node) {
        try {
            String unused = node.run("rm", "-f", ARCHIVE);
        } catch (RuntimeException e) {
            LOG.debug("{} is left behind in {}", ARCHIVE, node, e);
        }
    }

    private static Path empty() {
        try {
            return Files.createTempFile("statefulkit-", ".tar");
        } catch (IOException e) {
            throw new UncheckedIOException("there is no place for images", e);
        }
    }

    private void save(String image, Path archive) {
        try (InputStream in = docker.saveImageCmd(image).exec()) {
            Files.copy(in, archive, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot save the image " + image + ": " + e.getMessage(), e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.debug("{} is left behind", file, e);
        }
    }
}
