package io.statefulkit.embedded.node;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

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
        AtomicLong size = new AtomicLong();
        try {
            Files.walkFileTree(directory, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (attributes.isRegularFile()) {
                        size.addAndGet(attributes.size());
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException problem) {
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException problem) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            return size.get();
        }
        return size.get();
    }
}
