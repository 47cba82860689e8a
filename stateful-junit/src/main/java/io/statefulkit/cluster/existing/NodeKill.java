package io.statefulkit.cluster.existing;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.statefulkit.cluster.client.ClientCluster;
import io.statefulkit.cluster.client.Killing;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Kills the main process of a container from its node: by a privileged pod there that sees all processes of the node, in the namespace of
 * the container's pod, for as long as it takes. A process inside of the container cannot do it: nobody kills the first process of the pid
 * namespace that they are in.
 */
record NodeKill(KubernetesClient client) implements Killing {

    /** Finds the process by the cgroup, which carries the container's id, and by being the first of a pid namespace. */
    static final String SCRIPT = """
        id=$1 proc=${2:-/proc} killed=0
        for process in "$proc"/[0-9]*; do
          grep -q "$id" "$process/cgroup" 2>/dev/null || continue
          [ "$(awk '/^NSpid:/ { print $NF }' "$process/status" 2>/dev/null)" = 1 ] || continue
          kill -9 "${process##*/}" && killed=$((killed + 1))
        done
        echo "killed $killed processes"
        [ "$killed" = 1 ]
        """;

    private static final String IMAGE = "busybox:1.36";
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Set<String> ENDED = Set.of("Succeeded", "Failed");

    /** Clusters that admit only harmless pods admit such a pod there all the same. */
    @Override
    public Map<String, String> labels() {
        return Map.of("pod-security.kubernetes.io/enforce", "privileged");
    }

    @Override
    public void kill(String namespace, String pod, String container) {
        Pod target = client.pods().inNamespace(namespace).withName(pod).get();
        String id = target == null ? "" : id(target, container);
        if (id.isEmpty()) {
            throw new IllegalStateException(
                    "expected a running container " + container + " of pod " + namespace + "/" + pod + ", found none");
        }
        Pod killer = killer(target, id);
        client.resource(killer).create();
        try {
            run(killer);
        } finally {
            client.resource(killer).withGracePeriod(0).delete();
        }
    }

    /** The id of a running container, without the name of the runtime before it. */
    private static String id(Pod pod, String container) {
        return Stream.concat(
                        pod.getStatus().getContainerStatuses().stream(),
                        pod.getStatus().getInitContainerStatuses().stream())
                .filter(status -> status.getName().equals(container))
                .filter(status -> status.getState() != null && status.getState().getRunning() != null)
                .map(ContainerStatus::getContainerID)
                .map(id -> id.substring(id.lastIndexOf('/') + 1))
                .findFirst()
                .orElse("");
    }

    static Pod killer(Pod target, String id) {
        return new PodBuilder()
                .withNewMetadata()
                .withName("statefulkit-kill-"
                        + UUID.randomUUID().toString().substring(0, 8).toLowerCase(Locale.ROOT))
                .withNamespace(target.getMetadata().getNamespace())
                .addToLabels(ClientCluster.MANAGED_BY, ClientCluster.OURS)
                .endMetadata()
                .withNewSpec()
                .withNodeName(target.getSpec().getNodeName())
                .withHostPID(true)
                .withRestartPolicy("Never")
                .withAutomountServiceAccountToken(false)
                .addNewToleration()
                .withOperator("Exists")
                .endToleration()
                .addNewContainer()
                .withName("kill")
                .withImage(IMAGE)
                .withCommand("sh", "-c", SCRIPT, "kill", id)
                .withNewSecurityContext()
                .withPrivileged(true)
                .withRunAsUser(0L)
                .endSecurityContext()
                .endContainer()
                .endSpec()
                .build();
    }

    private void run(Pod killer) {
        try {
            String phase = Awaitility.await()
                    .atMost(LIMIT)
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> phase(killer), ENDED::contains);
            if (!phase.equals("Succeeded")) {
                throw new IllegalStateException(
                        "the pod " + killer.getMetadata().getName() + " on node "
                                + killer.getSpec().getNodeName() + " did not find the one process to kill: "
                                + log(killer).strip());
            }
        } catch (ConditionTimeoutException e) {
            throw new IllegalStateException(
                    "the pod " + killer.getMetadata().getName() + " that was to kill from node "
                            + killer.getSpec().getNodeName() + " did not end within " + LIMIT.toMinutes()
                            + " minutes; it needs the image " + IMAGE + ", and a namespace that admits privileged pods",
                    e);
        }
    }

    private String log(Pod killer) {
        return client.pods()
                .inNamespace(killer.getMetadata().getNamespace())
                .withName(killer.getMetadata().getName())
                .getLog();
    }

    private String phase(Pod killer) {
        Pod now = client.resource(killer).get();
        return now == null || now.getStatus() == null || now.getStatus().getPhase() == null
                ? ""
                : now.getStatus().getPhase();
    }
}
