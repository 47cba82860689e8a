package io.statefulkit.handle.pod;

import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PreconditionsBuilder;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.api.model.StatusDetails;
import io.fabric8.kubernetes.api.model.policy.v1.Eviction;
import io.fabric8.kubernetes.api.model.policy.v1.EvictionBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.RequestConfig;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.statefulkit.deploy.watch.Pods;
import io.statefulkit.handle.place.Place;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks for the end of a pod as a drain of its node does: disruption budgets have a say. */
record Evicting(Place place) {

    private static final int TOO_MANY_REQUESTS = 429;
    private static final Pattern NAMED = Pattern.compile("disruption budget (\\S+)");

    /** Evicts this very pod. */
    void evict(Pod pod) {
        Eviction eviction = new EvictionBuilder()
                .withNewMetadata()
                .withName(Pods.name(pod))
                .withNamespace(place.namespace())
                .endMetadata()
                .withDeleteOptions(new DeleteOptionsBuilder()
                        .withPreconditions(new PreconditionsBuilder()
                                .withUid(Pods.uid(pod))
                                .build())
                        .build())
                .build();
        // The client takes a refusal for an overloaded server and would try again and again.
        RequestConfig once =
                new RequestConfigBuilder().withRequestRetryBackoffLimit(0).build();
        String path = "/api/v1/namespaces/" + place.namespace() + "/pods/" + Pods.name(pod) + "/eviction";
        try {
            place.client().newClient(once).raw(path, "POST", eviction);
        } catch (KubernetesClientException e) {
            if (e.getCode() != TOO_MANY_REQUESTS) {
                throw e;
            }
            String answer = answer(e);
            throw new EvictionRefusedException(place.ref(), Pods.name(pod), budget(answer), answer, e);
        }
    }

    private static String answer(KubernetesClientException refusal) {
        Optional<Status> status = Optional.ofNullable(refusal.getStatus());
        List<StatusCause> causes =
                status.map(Status::getDetails).map(StatusDetails::getCauses).orElse(List.of());
        return causes.stream()
                .map(StatusCause::getMessage)
                .findFirst()
                .or(() -> status.map(Status::getMessage))
                .orElse(String.valueOf(refusal.getMessage()));
    }

    private static String budget(String answer) {
        Matcher named = NAMED.matcher(answer);
        return named.find() ? named.group(1) : "";
    }
}
