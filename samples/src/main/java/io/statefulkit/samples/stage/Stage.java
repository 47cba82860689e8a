package io.statefulkit.samples.stage;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.statefulkit.StatefulKit;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Where a story is told: a namespace of its own, and somebody who listens.
 *
 * @param kit works in the namespace of the story
 * @param listener is told every line
 */
public record Stage(StatefulKit kit, Consumer<String> listener) {

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
        listener.accept("== " + title);
    }

    /** Tells something, every line of it indented. */
    public void say(String text) {
        text.lines().forEach(line -> listener.accept("   " + line));
    }

    /** Deletes an object that belongs to the whole cluster, and what a volume on a directory of this machine has left there. */
    public void remove(HasMetadata object) {
        client().resource(object).delete();
        if (object instanceof PersistentVolume volume && volume.getSpec().getHostPath() != null) {
            Path directory = Path.of(volume.getSpec().getHostPath().getPath());
            try (Stream<Path> files = Files.isDirectory(directory) ? Files.walk(directory) : Stream.empty()) {
                files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
            } catch (IOException | UncheckedIOException e) {
                say("left behind: " + directory + " (" + e.getMessage() + ")");
            }
        }
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
}
