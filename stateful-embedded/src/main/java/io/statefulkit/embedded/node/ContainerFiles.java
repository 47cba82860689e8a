package io.statefulkit.embedded.node;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.statefulkit.embedded.image.Image;
import io.statefulkit.embedded.node.process.ProcessUser;
import io.statefulkit.embedded.node.process.Workspace;
import io.statefulkit.embedded.node.volume.Expansion;
import io.statefulkit.embedded.node.volume.PathMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** The directory that stands for a container's own file system, fresh at each start. */
final class ContainerFiles {

    static final List<String> PRIVATE = List.of("/tmp", "/var/tmp", "/run");
    private static final String HIDING = "/.image";
    private static final String TOKENS = "kube-api-access-";

    private final Path root;
    private final List<Path> readOnly = new ArrayList<>();
    private int frozen;

    ContainerFiles(Path root) {
        this.root = root;
    }

    Path root() {
        return root;
    }

    /** Wipes the directory and lays it out; returns where the container's paths are. */
    PathMap lay(Container container, Image image, Map<String, Path> volumes, Map<String, String> variables)
            throws IOException {
        Workspace.delete(root);
        Files.createDirectories(root);
        Workspace.allow(root, "rwxrwxrwx");
        Map<String, Path> map = new LinkedHashMap<>();
        for (String path : PRIVATE) {
            map.put(path, own(path));
        }
        // As in the images, so that what is mounted at one of the two is found at the other.
        Files.createSymbolicLink(root.resolve("var/run"), Path.of("../run"));
        map.put("/var/run", root.resolve("run"));
        for (String path : image.privatePaths()) {
            map.put(path, ofServer(own(isBelowMount(path, container) ? HIDING + path : path)));
        }
        String words = terminationPath(container);
        map.put(words, terminationFile(words));
        for (VolumeMount mount : container.getVolumeMounts()) {
            Path target = target(mount, volumes, variables);
            map.put(trimmed(mount.getMountPath()), target);
            link(mount, target);
        }
        findReadOnly(container, map);
        return new PathMap(map);
    }

    /** A directory of the image below a mount hides that part of the volume, so it must not be made in there. */
    private static boolean isBelowMount(String path, Container container) {
        return container.getVolumeMounts().stream()
                .anyMatch(mount -> path.startsWith(trimmed(mount.getMountPath()) + "/"));
    }

    /** Returns what this container may read only, after {@link #lay}. */
    List<Path> readOnly() {
        return List.copyOf(readOnly);
    }

    /** Mounts for reading only; not what the same container mounts for writing, too, as both are one directory here. */
    private void findReadOnly(Container container, Map<String, Path> map) {
        List<Path> writable = new ArrayList<>();
        List<Path> wanted = new ArrayList<>();
        for (VolumeMount mount : container.getVolumeMounts()) {
            Path target = map.getOrDefault(trimmed(mount.getMountPath()), root);
            if (!Boolean.TRUE.equals(mount.getReadOnly())) {
                writable.add(target);
            } else if (!mount.getName().startsWith(TOKENS)) {
                wanted.add(target);
            }
        }
        wanted.stream()
                .filter(path -> writable.stream().noneMatch(other -> other.startsWith(path) || path.startsWith(other)))
                .forEach(readOnly::add);
    }

    static String terminationPath(Container container) {
        String path = container.getTerminationMessagePath();
        return path == null || path.isEmpty() ? "/dev/termination-log" : path;
    }

    private Path terminationFile(String path) throws IOException {
        Path file = root.resolve(path.substring(1));
        Files.createDirectories(file.getParent());
        Files.createFile(file);
        Workspace.allow(file, "rw-rw-rw-");
        return file;
    }

    private Path own(String path) throws IOException {
        Path directory = root.resolve(path.substring(1));
        Files.createDirectories(directory);
        Path step = root;
        for (Path part : root.relativize(directory)) {
            step = step.resolve(part);
            Workspace.allow(step, "rwxrwxrwx");
        }
        return directory;
    }

    /** In the images of servers these directories belong to the server's user. */
    private static Path ofServer(Path directory) throws IOException {
        if (ProcessUser.jvmIsRoot()) {
            ProcessUser user = ProcessUser.unprivileged();
            Files.setAttribute(directory, "unix:uid", user.uid());
            Files.setAttribute(directory, "unix:gid", user.gid());
        }
        return directory;
    }

    private Path target(VolumeMount mount, Map<String, Path> volumes, Map<String, String> variables)
            throws IOException {
        Path volume = volumes.get(mount.getName());
        if (volume == null) {
            throw new IOException("volume \"" + mount.getName() + "\" of a mount is not among the pod's volumes");
        }
        String sub = mount.getSubPath() == null || mount.getSubPath().isEmpty()
                ? mount.getSubPathExpr() == null ? "" : Expansion.expand(mount.getSubPathExpr(), variables)
                : mount.getSubPath();
        if (sub.isEmpty()) {
            return volume;
        }
        Path target = volume.resolve(sub).normalize();
        if (!target.startsWith(volume)) {
            throw new IOException("subPath \"" + sub + "\" must stay inside its volume");
        }
        if (!Files.exists(target)) {
            Files.createDirectories(target);
            Workspace.allow(target, "rwxrwxrwx");
        }
        return Files.isSymbolicLink(volume.resolve("..data")) ? frozen(target) : target;
    }

    /** A part of a volume that consists of files stays as it is at the start of the container. */
    private Path frozen(Path target) throws IOException {
        Path mounts = root.resolve(".mounts");
        Files.createDirectories(mounts);
        Workspace.allow(mounts, "rwxr-xr-x");
        Path copy = mounts.resolve(Integer.toString(frozen++));
        Path real = target.toRealPath();
        try (Stream<Path> files = Files.walk(real)) {
            for (Path file : files.toList()) {
                Path place = real.equals(file) ? copy : copy.resolve(real.relativize(file));
                Files.copy(file, place, StandardCopyOption.COPY_ATTRIBUTES);
                if (ProcessUser.jvmIsRoot()) {
                    Files.setAttribute(place, "unix:gid", Files.getAttribute(file, "unix:gid"));
                }
            }
        }
        return copy;
    }

    /** Makes the mount visible where relative paths and listings of its parent look for it. */
    private void link(VolumeMount mount, Path target) throws IOException {
        Path place = root.resolve(trimmed(mount.getMountPath()).substring(1)).normalize();
        if (place.equals(root) || !place.startsWith(root)) {
            return;
        }
        Files.createDirectories(place.getParent());
        if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
            if (isOfVolume(place)) {
                return;
            }
            Workspace.delete(place);
        }
        Files.createSymbolicLink(place, target);
    }

    /** What a volume holds where something else is mounted is hidden, not lost: paths find the mount by themselves. */
    private boolean isOfVolume(Path place) throws IOException {
        Path parent = Objects.requireNonNull(place.getParent(), "parent");
        boolean outside = !parent.toRealPath().startsWith(root.toRealPath());
        return outside && !Files.isSymbolicLink(place);
    }

    private static String trimmed(String path) {
        return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }
}
