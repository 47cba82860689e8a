package io.statefulkit.embedded.node.volume;

import io.fabric8.kubernetes.api.model.HostPathVolumeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files and directories of the machine itself as volumes. */
final class HostPaths {

    // What the mode of a file says of its kind.
    private static final int KIND_OF_FILE = 0170000;
    private static final int SOCKET = 0140000;
    private static final int BLOCK_DEVICE = 0060000;
    private static final int CHARACTER_DEVICE = 0020000;

    private HostPaths() {}

    /**
     * Returns where it is; what may be made is made.
     *
     * @throws ConfigException when it is not what the pod says that it has to be
     */
    static Path find(HostPathVolumeSource source) throws ConfigException, IOException {
        Path path = Path.of(source.getPath());
        String type = source.getType() == null ? "" : source.getType();
        switch (type) {
            case "DirectoryOrCreate" -> Files.createDirectories(path);
            case "FileOrCreate" -> {
                if (!Files.exists(path)) {
                    Files.createFile(path);
                }
            }
            case "Directory" -> check(Files.isDirectory(path), path, "a directory");
            case "File" -> check(Files.isRegularFile(path), path, "a file");
            case "Socket" -> check(is(path, SOCKET), path, "a socket file");
            case "CharDevice" -> check(is(path, CHARACTER_DEVICE), path, "a character device");
            case "BlockDevice" -> check(is(path, BLOCK_DEVICE), path, "a block device");
            default -> {
                // Not given: a container runtime makes the directory.
                if (!Files.exists(path)) {
                    Files.createDirectories(path);
                }
            }
        }
        return path;
    }

    private static void check(boolean right, Path path, String what) throws ConfigException {
        if (!right) {
            throw new ConfigException("hostPath type check failed: " + path + " is not " + what);
        }
    }

    private static boolean is(Path path, int kind) throws IOException {
        return Files.exists(path) && ((int) Files.getAttribute(path, "unix:mode") & KIND_OF_FILE) == kind;
    }
}
