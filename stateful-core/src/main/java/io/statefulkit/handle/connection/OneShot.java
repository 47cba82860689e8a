package io.statefulkit.handle.connection;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.KubernetesClientTimeoutException;
import io.statefulkit.deploy.watch.Pods;
import io.statefulkit.handle.place.LiveWorkload;
import io.statefulkit.handle.place.Place;
import io.statefulkit.internal.NotApi;
import io.statefulkit.internal.RandomText;
import io.statefulkit.internal.Uninterrupted;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a command in a pod of its own that is made from the image and with the rights of the server, and is deleted at the
 * end, whatever happens. The cluster ends it, too, when its time is over.
 */
@NotApi
public record OneShot(Server server) {

    private static final Logger LOG = LoggerFactory.getLogger(OneShot.class);
    private static final String CONTAINER = "main";

    /** The label that says what a pod is for. */
    public static final String TASK = "statefulkit.dev/task";

    /** What network policies go by. */
    private static final Set<String> POLICIES = Set.of("app.kubernetes.io/instance", "app.kubernetes.io/component");

    /** How the reason of a kubelet begins that has no room for a pod: {@code OutOfcpu}, {@code OutOfmemory}, {@code OutOfpods}. */
    private static final String OUT_OF = "OutOf";

    /** Values of labels have up to 63 characters. */
    private static final int LONGEST_LABEL = 59;

    private static final Set<String> HOPELESS = Set.of(
            "ErrImagePull",
            "ImagePullBackOff",
            "InvalidImageName",
            "CreateContainerConfigError",
            "CreateContainerError",
            "RunContainerError");

    /**
     * Runs a command.
     *
     * @param purpose part of the name of the pod
     * @param env variables of the container
     * @param change the last word on the pod
     * @return the exit code and the log; what the command writes to standard error is part of the log
     * @throws ExecException when the pod cannot start, does not end in time, or is deleted by somebody
     */
    public ExecResult run(
            String purpose,
            List<String> command,
            List<EnvVar> env,
            UnaryOperator<PodSpecBuilder> change,
            Duration atMost) {
        Place place = server.place();
        ClientPod client = new ClientPod(new LiveWorkload(place).pod(), server.container());
        PodSpec spec = client.running(CONTAINER, command, env, atMost);
        Pod pod = new PodBuilder()
                .withNewMetadata()
                .withName(name(purpose))
                .withNamespace(place.namespace())
                .withLabels(labels(place.selector()))
                .addToLabels(TASK, purpose)
                .endMetadata()
                .withSpec(change.apply(new PodSpecBuilder(spec)).build())
                .build();
        var pods = place.client().pods().inNamespace(place.namespace());
        String name = Pods.name(create(client, pod));
        try {
            Pod ended = pods.withName(name)
                    .waitUntilCondition(OneShot::over, atMost.toMillis() + 10_000, TimeUnit.MILLISECONDS);
            return result(command, name, ended, pods.withName(name).inContainer(CONTAINER)::getLog);
        } catch (KubernetesClientTimeoutException e) {
            throw new ExecException("expected the end of pod " + name + " within " + atMost.toSeconds()
                    + " s, but it still runs or could not start: see kubectl describe pod " + name);
        } finally {
            Uninterrupted.run(() -> delete(name));
        }
    }

    private Pod create(ClientPod client, Pod pod) {
        var pods = server.place().client().pods().inNamespace(server.place().namespace());
        try {
            return pods.resource(pod).create();
        } catch (KubernetesClientException e) {
            boolean unsaid =
                    e.getCode() == 403 && String.valueOf(e.getMessage()).contains(ClientPod.DISK);
            if (!unsaid) {
                throw e;
            }
            Pod saying =
                    new PodBuilder(pod).withSpec(client.withDisk(pod.getSpec())).build();
            return pods.resource(saying).create();
        }
    }

    private void delete(String name) {
        try {
            server.place()
                    .client()
                    .pods()
                    .inNamespace(server.place().namespace())
                    .withName(name)
                    .withGracePeriod(1)
                    .delete();
        } catch (KubernetesClientException e) {
            LOG.warn("pod {} could not be deleted; it ends by itself when its time is over", name, e);
        }
    }

    public static boolean over(Pod pod) {
        return pod == null || Pods.ended(pod) || !hopeless(pod).isEmpty();
    }

    /** Returns why a pod will not start however long one waits, empty when it may. */
    public static String hopeless(Pod pod) {
        return Pods.containers(pod).stream()
                .map(container -> container.getState() == null
                        ? null
                        : container.getState().getWaiting())
                .filter(Objects::nonNull)
                .filter(waiting -> HOPELESS.contains(Objects.requireNonNullElse(waiting.getReason(), "")))
                .map(waiting -> waiting.getReason() + ": " + waiting.getMessage())
                .findFirst()
                .orElse("");
    }

    /** Returns what the command did, as far as the end of its pod tells that. */
    static ExecResult result(List<String> command, String name, @Nullable Pod pod, Supplier<String> log) {
        if (pod == null) {
            throw unknown(command, name, "somebody has deleted the pod");
        }
        if (!Pods.ended(pod)) {
            throw unknown(command, name, "it cannot start: " + hopeless(pod));
        }
        String reason = Objects.requireNonNullElse(pod.getStatus().getReason(), "");
        if (!reason.isEmpty() && Pods.phase(pod).equals("Failed")) {
            // Its time is over, or its node has no room for it: an exit code tells nothing about the command then.
            throw unknown(
                    command,
                    name,
                    "the cluster has ended it: " + reason + ": "
                            + pod.getStatus().getMessage() + room(pod, reason));
        }
        int code = Pods.containers(pod).stream()
                .filter(container -> container.getName().equals(CONTAINER))
                .flatMap(container -> Optional.ofNullable(container.getState()).stream())
                .flatMap(state -> Optional.ofNullable(state.getTerminated()).stream())
                .map(ended -> ended.getExitCode())
                .findFirst()
                .orElseThrow(() -> unknown(command, name, "its pod ended before its container began"));
        return new ExecResult(command, code, Objects.requireNonNullElse(log.get(), ""), "");
    }

    /** Such a pod has a node and not the choice, since a volume that it needs is there. */
    private static String room(Pod pod, String reason) {
        return reason.startsWith(OUT_OF)
                ? "\n  do: make room on node " + pod.getSpec().getNodeName()
                        + ", where the volume is that it needs: move other pods"
                        + " away, or let them request less, and try again"
                : "";
    }

    private static ExecException unknown(List<String> command, String pod, String why) {
        return new ExecException("expected an exit code of " + command.get(0) + " in pod " + pod + ", but " + why);
    }

    private String name(String purpose) {
        String random = RandomText.password().substring(0, 6).toLowerCase(Locale.ROOT);
        return server.place().name() + "-" + purpose + "-" + random;
    }

    /**
     * Returns the labels of a pod that is a client of the pods with these labels: no Service may send clients to it, and no workload may
     * count it as its own, but a network policy has to let it through like our jobs.
     */
    public static Map<String, String> labels(Map<String, String> selector) {
        Map<String, String> labels = new HashMap<>(selector);
        labels.replaceAll((key, value) -> POLICIES.contains(key) ? value : another(value));
        if (labels.equals(selector)) {
            labels.replaceAll((key, value) -> another(value));
        }
        return labels;
    }

    private static String another(String value) {
        if (value.isEmpty()) {
            return "job";
        }
        return (value.length() > LONGEST_LABEL ? value.substring(0, LONGEST_LABEL) : value) + "-job";
    }
}
