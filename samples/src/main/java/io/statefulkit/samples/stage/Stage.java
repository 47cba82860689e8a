package io.statefulkit.samples.stage;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.statefulkit.StatefulKit;
import io.statefulkit.deploy.Patience;
import io.statefulkit.lint.Finding;
import io.statefulkit.lint.Rule;
import io.statefulkit.lint.check.Lint;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Where a story is told: a namespace of its own, and somebody who listens.
 *
 * @param kit works in the namespace of the story
 * @param ground what the cluster is like
 * @param listener is told every line
 */
public record Stage(StatefulKit kit, Ground ground, Consumer<String> listener) {

    /** How a line begins that names the next part. */
    public static final String ACT = "== ";

    /** How a line begins that says why a part is not told on this cluster. */
    public static final String LEFT_OUT = "   left out: ";

    /** Where images come over a network, they take their time, and a registry that refuses once may give them later. */
    private static final Patience FAR_AWAY = new Patience(Duration.ofMinutes(10), Duration.ofMinutes(1));

    /** Returns the stage of a namespace, with a kit that waits as long as it takes on such a cluster. */
    public static Stage on(StatefulKit kit, Consumer<String> listener) {
        Ground ground = new Ground(kit.client());
        return new Stage(ground.embedded() ? kit : kit.withPatience(FAR_AWAY), ground, listener);
    }

    /** The client of the cluster. */
    public KubernetesClient client() {
        return kit.client();
    }

    /** The namespace of the story. */
    public String namespace() {
        return kit.namespace();
    }

    /** Begins the next part. */
    public void act(String title) {
        listener.accept("");
        listener.accept(ACT + title);
    }

    /** Tells something, every line of it indented. */
    public void say(String text) {
        text.lines().forEach(line -> listener.accept("   " + line));
    }

    /** Tells that the part which has begun is not told on this cluster, and why. */
    public void leaveOut(String why) {
        listener.accept(LEFT_OUT + why);
    }

    /**
     * Tells that something holds.
     *
     * @throws StoryFailedException when it does not
     */
    public void check(String claim, Object expected, Object seen) {
        if (!expected.equals(seen)) {
            throw new StoryFailedException(claim + ": expected " + expected + ", seen " + seen);
        }
        listener.accept("   ok: " + claim + " (" + seen + ")");
    }

    /**
     * Tries what has to be refused, and tells in which words it is.
     *
     * @param what is tried, in words before "is refused"
     * @return the refusal
     * @throws StoryFailedException when it is not refused
     */
    public <E extends RuntimeException> E refused(String what, Class<E> how, Runnable attempt) {
        try {
            attempt.run();
        } catch (RuntimeException e) {
            if (!how.isInstance(e)) {
                throw e;
            }
            say(String.valueOf(e.getMessage()));
            listener.accept("   ok: " + what + " is refused");
            return how.cast(e);
        }
        throw new StoryFailedException(what + ": expected a refusal, but nobody objects");
    }

    /** Lets the rules read what was written by hand, tells what these find in it, and checks that each of them finds something. */
    public void judge(String yaml, Rule... rules) {
        List<Finding> findings = Lint.yaml(yaml).findings();
        List<Finding> told = findings.stream()
                .filter(finding -> List.of(rules).contains(finding.rule()))
                .toList();
        told.forEach(finding -> say(finding.toString()));
        if (told.size() < findings.size()) {
            say("and " + (findings.size() - told.size()) + " more");
        }
        check(
                "rules that find it",
                List.of(rules),
                told.stream().map(Finding::rule).distinct().toList());
    }

    /**
     * Deletes an object that belongs to the whole cluster. What a volume on a directory of a node leaves there goes as well where the
     * node is this machine; else it is told, since nobody else will look for it.
     */
    public void remove(HasMetadata object) {
        client().resource(object).delete();
        if (object instanceof PersistentVolume volume && volume.getSpec().getHostPath() != null) {
            Path directory = Path.of(volume.getSpec().getHostPath().getPath());
            if (ground.embedded()) {
                empty(directory);
            }
            if (!ground.embedded() || Files.exists(directory)) {
                say("what stays: directory " + directory + " of node "
                        + ground.host().orElse(""));
            }
        }
    }

    private static void empty(Path directory) {
        try (Stream<Path> files = Files.isDirectory(directory) ? Files.walk(directory) : Stream.empty()) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException | UncheckedIOException e) {
            // What could not be deleted is still there, and is told.
        }
    }
}
