package io.statefulkit.cluster.client;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.statefulkit.cluster.ClusterEvent;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads the events of a namespace. */
final class NamespaceEvents {

    private NamespaceEvents() {}

    /** In the order of their times. */
    static List<ClusterEvent> of(KubernetesClient client, String namespace) {
        return client.v1().events().inNamespace(namespace).list().getItems().stream()
                .map(event -> new ClusterEvent(time(event), text(event)))
                .sorted(Comparator.comparing(ClusterEvent::at))
                .toList();
    }

    private static String text(Event event) {
        return event.getType() + "  " + event.getInvolvedObject().getKind() + "/"
                + event.getInvolvedObject().getName() + "  " + event.getReason() + "  " + event.getMessage();
    }

    private static Instant time(Event event) {
        return Stream.of(
                        event.getLastTimestamp(),
                        event.getEventTime() == null
                                ? null
                                : event.getEventTime().getTime(),
                        event.getFirstTimestamp(),
                        event.getMetadata().getCreationTimestamp())
                .filter(Objects::nonNull)
                .map(NamespaceEvents::parsed)
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(Instant.EPOCH);
    }

    private static Optional<Instant> parsed(String time) {
        try {
            return Optional.of(Instant.parse(time));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
