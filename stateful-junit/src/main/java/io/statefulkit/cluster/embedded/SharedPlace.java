package io.statefulkit.cluster.embedded;

import io.statefulkit.cluster.run.BuildProcess;
import io.statefulkit.cluster.run.RunLock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where JVMs of a user find the cluster that they share. What is in it tells who may use it: only the user can read it.
 *
 * @param directory the directory of this cluster
 */
record SharedPlace(Path directory) {

    private static final Logger LOG = LoggerFactory.getLogger(SharedPlace.class);

    /** The place of a name, for this user. */
    static SharedPlace named(String name) {
        return new SharedPlace(Path.of(System.getProperty("java.io.tmpdir", "/tmp"))
                .toAbsolutePath()
                .resolve("statefulkit-shared-" + System.getProperty("user.name"))
                .resolve(name));
    }

    /**
     * Makes it, if it is not there.
     *
     * @throws IllegalStateException when it belongs to somebody else, who could then give us a cluster of theirs
     */
    SharedPlace prepared() {
        try {
            for (Path part : List.of(directory.toAbsolutePath().getParent(), directory, users())) {
                if (!Files.isDirectory(part)) {
                    Files.createDirectories(
                            part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
                }
                boolean isOurs = Files.getOwner(part).getName().equals(System.getProperty("user.name"));
                String permissions = PosixFilePermissions.toString(Files.getPosixFilePermissions(part));
                if (!isOurs || !permissions.endsWith("------")) {
                    throw new IllegalStateException(part + " must belong to " + System.getProperty("user.name")
                            + " alone, but belongs to " + Files.getOwner(part) + " and has the permissions "
                            + permissions);
                }
            }
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot use " + directory, e);
        }
    }

    /** Held by who joins, and by a host that decides whether it ends: so nobody joins a cluster that ends. */
    RunLock lock() {
        return new RunLock(directory.resolve("lock"));
    }

    /** A file for each user. */
    Path users() {
        return directory.resolve("users");
    }

    /** What the host prints. */
    Path log() {
        return directory.resolve("log");
    }

    /** How the host is started. */
    Path arguments() {
        return directory.resolve("arguments");
    }

    /** Leads to the cluster while there is one. */
    Path kubeconfig() {
        return directory.resolve("kubeconfig");
    }

    /** Says, at once as a whole, how the cluster is reached. */
    void publish(String kubeconfig) {
        try {
            Path draft = Files.createTempFile(directory, "kubeconfig-", ".new");
            Files.writeString(draft, kubeconfig);
            move(draft, kubeconfig());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + kubeconfig(), e);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** How it is reached; empty when there is none. */
    Optional<String> published() {
        try {
            return Files.exists(kubeconfig()) ? Optional.of(Files.readString(kubeconfig())) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + kubeconfig(), e);
        }
    }

    /** Says that there is none any more. */
    void retract() {
        try {
            Files.deleteIfExists(kubeconfig());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + kubeconfig(), e);
        }
    }

    /** Deletes those places beside this one that are of builds that are over; what cannot be deleted is left to the next who tidies. */
    void sweep() {
        try (DirectoryStream<Path> places =
                Files.newDirectoryStream(directory.toAbsolutePath().getParent(), "build-*")) {
            for (Path place : places) {
                if (BuildProcess.ofPlace(place.getFileName().toString())
                        .filter(BuildProcess::isOver)
                        .isPresent()) {
                    delete(place);
                }
            }
        } catch (IOException | UncheckedIOException | DirectoryIteratorException e) {
            // As where another one tidies at the same time, whose cluster starts as well.
            LOG.debug("not all of {} was tidied", directory.getParent(), e);
        }
    }

    private static void delete(Path tree) throws IOException {
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
