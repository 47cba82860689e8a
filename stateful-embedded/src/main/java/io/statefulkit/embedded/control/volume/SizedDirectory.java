package io.statefulkit.embedded.control.volume;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A directory that holds no more than it may: a file system of its own, in memory. Whoever writes more is told that no space
 * is left on the device, even into files that are open already. Needs root, and a machine that lets it mount.
 *
 * @param path the directory
 */
public record SizedDirectory(Path path) {

    /** The name under which such a directory appears among the mounts of the machine. */
    private static final String DEVICE = "statefulkit";

    private static final int TRIES = 20;
    private static final long PAGE = 4096;

    /** Finds out whether this machine allows it, by trying. */
    public static boolean possible(Path below) {
        if (!"root".equals(System.getProperty("user.name"))) {
            return false;
        }
        try {
            Path probe = Files.createTempDirectory(below, "probe");
            SizedDirectory directory = new SizedDirectory(probe);
            boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=64k", DEVICE, probe.toString());
            if (mounted) {
                directory.release();
            }
            Files.delete(probe);
            return mounted;
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether a directory is one of these. */
    public static boolean isOne(Path path) {
        try {
            FileStore store = Files.getFileStore(path);
            return store.type().equals("tmpfs") && store.name().equals(DEVICE);
        } catch (IOException e) {
            return false;
        }
    }

    /** Gives an existing, empty directory so many bytes. */
    void mount(long bytes) throws IOException {
        demand("mount", "-t", "tmpfs", "-o", "mode=0777,size=" + Math.max(PAGE, bytes), DEVICE, path.toString());
    }

    /** Takes the directory's file system away, and what is in it. */
    void release() throws IOException {
        demand("umount", "--lazy", path.toString());
    }

    /**
     * Takes away all space that is not used now.
     *
     * @return gives it back
     */
    public Runnable fill() throws IOException {
        long before = Files.getFileStore(path).getTotalSpace();
        for (int i = 0; i < TRIES; i++) {
            FileStore store = Files.getFileStore(path);
            long used = store.getTotalSpace() - store.getUnallocatedSpace();
            // Who writes meanwhile uses more than was just seen, and the size must not be less than what is used.
            if (resize(Math.max(PAGE, used + i * PAGE))) {
                return () -> giveBack(before);
            }
        }
        throw new IOException(path + " grows faster than it can be filled; fill it while less is written");
    }

    private void giveBack(long bytes) {
        if (isOne(path) && !resize(bytes)) {
            throw new IllegalStateException("the space of " + path + " could not be given back");
        }
    }

    private boolean resize(long bytes) {
        return run("mount", "-o", "remount,size=" + bytes, path.toString());
    }

    private static void demand(String... command) throws IOException {
        if (!run(command)) {
            throw new IOException("this failed, as root: " + String.join(" ", command));
        }
    }

    private static boolean run(String... command) {
        try {
            Process process = new ProcessBuilder(List.of(command))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
