package io.statefulkit.embedded.node;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether a pod has written more into an {@code emptyDir} than it may. */
final class EmptyDirLimits {

    private EmptyDirLimits() {}

    /** Whether there is anything to look at. One in memory cannot hold more than its limit in the first place. */
    static boolean any(Pod pod) {
        return pod.getSpec().getVolumes().stream().anyMatch(EmptyDirLimits::limited);
    }

    /** Returns what to say of the first volume that holds more than its limit. */
    static Optional<String> exceeded(Pod pod, Map<String, Path> volumes) {
        for (Volume volume : pod.getSpec().getVolumes()) {
            Path path = volumes.get(volume.getName());
            if (path != null && limited(volume)) {
                Quantity limit = volume.getEmptyDir().getSizeLimit();
                if (BigDecimal.valueOf(size(path)).compareTo(limit.getNumericalAmount()) > 0) {
                    return Optional.of("Usage of EmptyDir volume \"" + volume.getName() + "\" exceeds the limit \""
                            + limit + "\". ");
                }
            }
        }
        return Optional.empty();
    }

    private static boolean limited(Volume volume) {
        return volume.getEmptyDir() != null
                && volume.getEmptyDir().getSizeLimit() != null
                && volume.getEmptyDir().getSizeLimit().getNumericalAmount().signum() > 0
                && !"Memory".equals(volume.getEmptyDir().getMedium());
    }

    /** Returns the bytes of all files; those that vanish meanwhile do not count. */
    static long size(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.mapToLong(EmptyDirLimits::bytes).sum();
        } catch (IOException | UncheckedIOException e) {
            return 0;
        }
    }

    private static long bytes(Path file) {
        try {
            return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) ? Files.size(file) : 0;
        } catch (IOException e) {
            return 0;
        }
    }
}
