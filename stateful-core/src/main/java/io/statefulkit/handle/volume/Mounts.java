package io.statefulkit.handle.volume;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.statefulkit.handle.connection.Shell;
import io.statefulkit.handle.place.Place;
import io.statefulkit.internal.NotApi;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Knows which directories of pod 0 are on claims: what its spec says, and what a container really sees. */
@NotApi
public record Mounts(Place place) {

    /**
     * Prints the number of the mount that holds a directory: of those that are named, the deepest one; 0 when it is in none,
     * or when something else is mounted in between, as the anonymous volume of an image may be. The directory comes as an
     * argument and as input: where paths in arguments are translated, one that the server itself told must not be.
     */
    private static final String WHICH = """
        IFS= read -r seen
        d=$(cd -P "$1" 2>/dev/null && pwd -P) || d=$(cd -P "$seen" && pwd -P) || exit 1
        shift
        best=0; length=0; i=0
        for m; do
          i=$((i+1))
          r=$(cd -P "$m" 2>/dev/null && pwd -P) || continue
          case $d/ in "$r"/*) [ ${#r} -le $length ] || { best=$i; length=${#r}; };; esac
        done
        while read -r a b c e point rest; do
          case $d/ in "$point"/*) [ ${#point} -le $length ] || best=0;; esac
        done </proc/self/mountinfo
        echo "$best"
        """;

    public List<MountInfo> list() {
        Pod pod = new Shell(place).pod(0);
        List<MountInfo> mounts = new ArrayList<>();
        Stream.concat(pod.getSpec().getInitContainers().stream(), pod.getSpec().getContainers().stream())
                .forEach(container -> container
                        .getVolumeMounts()
                        .forEach(mount -> claim(pod, mount)
                                .map(claim -> info(container, mount, claim))
                                .ifPresent(mounts::add)));
        return List.copyOf(mounts);
    }

    private static MountInfo info(Container container, VolumeMount mount, String claim) {
        return new MountInfo(
                container.getName(), mount.getMountPath(), Objects.requireNonNullElse(mount.getSubPath(), ""), claim);
    }

    private static Optional<String> claim(Pod pod, VolumeMount mount) {
        return pod.getSpec().getVolumes().stream()
                .filter(volume -> volume.getName().equals(mount.getName()))
                .map(Volume::getPersistentVolumeClaim)
                .filter(Objects::nonNull)
                .map(source -> source.getClaimName())
                .findFirst();
    }

    /**
     * Returns the claim that a directory really is on, as the container sees it.
     *
     * @throws IllegalStateException when it is on none: its data is gone with the next restart
     */
    public MountInfo holding(String container, String directory) {
        Pod pod = new Shell(place).pod(0);
        Container found = pod.getSpec().getContainers().stream()
                .filter(one -> one.getName().equals(container))
                .findFirst()
                .orElseThrow();
        List<String> command = new ArrayList<>(List.of("sh", "-c", WHICH, "statefulkit-mounts", directory));
        found.getVolumeMounts().forEach(mount -> command.add(mount.getMountPath()));
        String answer = new Shell(place)
                .run(0, container, command, (directory + "\n").getBytes(StandardCharsets.UTF_8), Duration.ofMinutes(1))
                .orThrow()
                .stdout()
                .strip();
        int number = Integer.parseInt(answer);
        Optional<MountInfo> mount = number == 0
                ? Optional.empty()
                : Optional.of(found.getVolumeMounts().get(number - 1))
                        .flatMap(one -> claim(pod, one).map(claim -> info(found, one, claim)));
        return mount.orElseThrow(() -> new IllegalStateException("expected the data directory " + directory
                + " of container " + container + " of " + place.ref()
                + " on a claim, but it is on none, so the next restart"
                + " loses the data\n  mounts: " + list()
                + "\n  do: mount a claim at the directory that the image keeps its data in (rule ST04)"));
    }
}
