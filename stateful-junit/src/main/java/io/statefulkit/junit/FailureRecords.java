package io.statefulkit.junit;

import io.statefulkit.cluster.Cluster;
import io.statefulkit.cluster.ClusterEvent;
import io.statefulkit.survival.Reports;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was written about failed tests of a namespace, a directory for each test. Thread-safe. */
final class FailureRecords {

    private static final Logger LOG = LoggerFactory.getLogger(FailureRecords.class);
    private static final String FAILURE = "failure.txt";
    private static final String TIMELINE = "timeline.txt";

    private final Cluster cluster;
    private final String namespace;
    private final StepLog steps;
    private final Map<String, Path> directories = new ConcurrentHashMap<>();

    FailureRecords(Cluster cluster, String namespace, StepLog steps) {
        this.cluster = cluster;
        this.namespace = namespace;
        this.steps = steps;
    }

    /**
     * What was written.
     *
     * @param directory where
     * @param isFirst whether it is the first failure of that test
     */
    record Written(Path directory, boolean isFirst) {}

    /**
     * Writes what is known about the namespace, and about a failure. The state of the cluster is written as of the first failure of a
     * test, and later ones are added: a timeout and what it leads to are two, and so are a test and its clean-up. What goes wrong in
     * writing must not hide why it was asked for.
     *
     * @param id the unique id of the test
     * @param name its name, for the directory
     */
    Optional<Written> write(String id, String name, Throwable failure) {
        try {
            Path first = directories.get(id);
            if (first != null) {
                steps.add(name + " fails again: " + failure);
                Files.writeString(first.resolve(FAILURE), trace(failure), StandardOpenOption.APPEND);
                Files.writeString(first.resolve(TIMELINE), steps.timeline(events()));
                cluster.hideSecrets(namespace, first);
                return Optional.of(new Written(first, false));
            }
            Path directory = Reports.directory().resolve("failures").resolve(NamespaceName.of(name));
            Files.createDirectories(directory);
            directories.put(id, directory);
            steps.add(name + " fails: " + failure);
            Files.writeString(directory.resolve(FAILURE), trace(failure));
            Files.writeString(directory.resolve(TIMELINE), steps.timeline(events()));
            cluster.describe(namespace, directory);
            LOG.warn("{} failed; what the cluster knows about it: {}", name, directory);
            return Optional.of(new Written(directory, true));
        } catch (IOException | RuntimeException e) {
            LOG.warn("what the cluster knows about the failed {} could not be written", name, e);
            return Optional.empty();
        }
    }

    /** Whether something was written about this test. */
    boolean has(String id) {
        return directories.containsKey(id);
    }

    private List<ClusterEvent> events() {
        try {
            return cluster.events(namespace);
        } catch (RuntimeException e) {
            steps.add("(the events of the cluster are not to be had: " + e.getMessage() + ")");
            return List.of();
        }
    }

    private static String trace(Throwable failure) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        return trace + "\n";
    }

    /** Copies the files of a directory into another one, over those of an earlier copy. */
    static void copy(Path from, Path to) {
        try (var files = Files.newDirectoryStream(from)) {
            for (Path file : files) {
                Files.copy(file, to.resolve(file.getFileName().toString()), StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot copy " + from + " to " + to, e);
        }
    }
}
