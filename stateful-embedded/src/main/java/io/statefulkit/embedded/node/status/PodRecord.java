package io.statefulkit.embedded.node.status;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What the node knows about one pod.
 *
 * @param restartPolicy of the pod
 * @param hostIp the address of the node
 * @param podIp the address of the pod, empty until it has one
 * @param startTime when the node saw it first
 * @param sandbox whether volumes and address are there
 * @param finished whether nothing runs and nothing will
 * @param reason why the node ended it, or empty
 * @param message more about it, or empty
 * @param containers all containers: first the init containers, each group in the order of the spec
 */
public record PodRecord(
        String restartPolicy,
        String hostIp,
        String podIp,
        Instant startTime,
        boolean sandbox,
        boolean finished,
        String reason,
        String message,
        List<ContainerRecord> containers) {

    public PodRecord {
        containers = List.copyOf(containers);
    }

    /** Returns this with what probes have found out since of the instances that it tells of. */
    public PodRecord probed(PodRecord since) {
        List<ContainerRecord> probed = IntStream.range(0, containers.size())
                .mapToObj(i -> containers.get(i).probed(since.containers.get(i)))
                .toList();
        return new PodRecord(restartPolicy, hostIp, podIp, startTime, sandbox, finished, reason, message, probed);
    }

    List<ContainerRecord> of(Role... roles) {
        List<Role> wanted = List.of(roles);
        return containers.stream()
                .filter(container -> wanted.contains(container.role()))
                .toList();
    }

    Optional<ContainerRecord> failedInit() {
        return of(Role.INIT).stream()
                .filter(container -> container.terminated().isPresent() && !container.succeeded())
                .findFirst();
    }

    /** Returns whether the init containers are done; once a main container ran, that stays so. */
    public boolean initialized() {
        boolean mainRan = of(Role.MAIN).stream().anyMatch(main -> !main.neverRan());
        return mainRan
                || (of(Role.INIT).stream().allMatch(ContainerRecord::succeeded)
                        && of(Role.SIDECAR).stream().allMatch(ContainerRecord::started));
    }
}
