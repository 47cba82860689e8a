package io.statefulkit;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.statefulkit.deploy.WorkloadRef;
import io.statefulkit.deploy.ready.Waiting;
import io.statefulkit.handle.Handle;
import io.statefulkit.handle.MySqlHandle;
import io.statefulkit.handle.PostgresHandle;
import io.statefulkit.handle.RedisHandle;
import io.statefulkit.handle.WorkloadHandle;
import io.statefulkit.handle.place.Place;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/** Finds workloads that are there already, and makes handles. */
record Attaching(KubernetesClient client, String namespace, Waiting waiting) {

    private static final Map<Class<?>, List<String>> CONTAINERS = Map.of(
            PostgresHandle.class, List.of("postgres"),
            RedisHandle.class, List.of("redis"),
            MySqlHandle.class, List.of("mysql", "mariadb"));

    <H extends Handle> H find(String name, Class<H> kind) {
        StatefulSet set = client.apps()
                .statefulSets()
                .inNamespace(namespace)
                .withName(name)
                .get();
        if (set != null) {
            return handle(
                    WorkloadRef.statefulSet(namespace, name),
                    set.getSpec().getSelector().getMatchLabels(),
                    set.getSpec().getTemplate().getSpec().getContainers(),
                    kind);
        }
        Deployment deployment = client.apps()
                .deployments()
                .inNamespace(namespace)
                .withName(name)
                .get();
        if (deployment == null) {
            throw new NoSuchElementException("expected a StatefulSet " + namespace + "/" + name
                    + " or a Deployment of that name, but there is none: deploy it, or name another namespace with"
                    + " inNamespace(..)");
        }
        return handle(
                WorkloadRef.deployment(namespace, name),
                deployment.getSpec().getSelector().getMatchLabels(),
                deployment.getSpec().getTemplate().getSpec().getContainers(),
                kind);
    }

    private <H extends Handle> H handle(
            WorkloadRef ref, Map<String, String> selector, List<Container> containers, Class<H> kind) {
        List<String> there = containers.stream().map(Container::getName).toList();
        List<String> wanted = CONTAINERS.getOrDefault(kind, there.contains(ref.name()) ? List.of(ref.name()) : there);
        String container = wanted.stream()
                .filter(there::contains)
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException("expected a container " + String.join(" or ", wanted)
                        + " in " + ref + ", but it has " + there));
        return kind.cast(make(new Place(client, ref, selector, waiting, Optional.empty()), container, kind));
    }

    static Handle make(Place place, String container, Class<? extends Handle> kind) {
        if (kind == PostgresHandle.class) {
            return PostgresHandle.of(place, container);
        }
        if (kind == RedisHandle.class) {
            return RedisHandle.of(place, container);
        }
        return kind == MySqlHandle.class ? MySqlHandle.of(place, container) : WorkloadHandle.of(place, container);
    }
}
