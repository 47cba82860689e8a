package io.statefulkit.embedded.control.network;

import com.fasterxml.jackson.databind.JsonNode;
import io.statefulkit.embedded.api.Api;
import io.statefulkit.embedded.api.ListOptions;
import io.statefulkit.embedded.api.ResourceCatalog;
import io.statefulkit.embedded.api.ResourceType;
import io.statefulkit.embedded.control.loop.Change;
import io.statefulkit.embedded.control.loop.Cluster;
import io.statefulkit.embedded.control.loop.Controller;
import io.statefulkit.embedded.control.loop.Key;
import io.statefulkit.embedded.control.loop.Resource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.AsynchronousChannelGroup;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens on the cluster addresses of services, which are loopback addresses, and on their node ports at 127.0.0.1, as long
 * as a pod is ready, or the last ones that were still serve while they end: otherwise connections are refused. Only TCP;
 * other ports of a service have no listener.
 */
public final class ServiceProxies implements Controller, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ServiceProxies.class);
    private static final ResourceType SERVICES = ResourceCatalog.SERVICES;
    private static final String SERVICE_LABEL = "kubernetes.io/service-name";
    private static final int THREADS = 2;
    private static final Duration LISTEN_AGAIN = Duration.ofSeconds(5);

    private final Cluster cluster;
    private final AsynchronousChannelGroup group;
    private final Map<Listening, PortListener> listeners = new HashMap<>();
    private final Set<Listening> refused = new HashSet<>();
    private final AtomicInteger turn = new AtomicInteger();
    private boolean closed;

    /** Makes the controller. */
    public ServiceProxies(Api api, Clock clock) {
        this.cluster = new Cluster(api, clock, name());
        try {
            this.group = AsynchronousChannelGroup.withFixedThreadPool(THREADS, task -> {
                Thread thread = new Thread(task, "service-proxy");
                thread.setDaemon(true);
                return thread;
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String name() {
        return "service-proxy";
    }

    @Override
    public Set<ResourceType> watches() {
        return Set.of(SERVICES, ResourceCatalog.ENDPOINT_SLICES);
    }

    @Override
    public void changed(Change change, Consumer<Key> queue) {
        Resource object = change.after();
        boolean service = change.type().equals(SERVICES);
        String name = service ? object.name() : object.label(SERVICE_LABEL);
        queue.accept(new Key(object.namespace(), name));
    }

    @Override
    public synchronized Optional<Duration> reconcile(Key key) {
        if (closed) {
            return Optional.empty();
        }
        Set<Listening> offered =
                cluster.find(SERVICES, key).map(ServiceProxies::offered).orElse(Set.of());
        Set<Listening> wanted = new HashSet<>(offered);
        wanted.removeIf(listening -> usable(listening).isEmpty());
        List<Listening> obsolete = listeners.keySet().stream()
                .filter(listening -> listening.service().equals(key) && !wanted.contains(listening))
                .toList();
        obsolete.forEach(this::stop);
        refused.removeIf(listening -> listening.service().equals(key) && !offered.contains(listening));
        wanted.stream().filter(listening -> !listeners.containsKey(listening)).forEach(this::listen);
        // Whoever has the address now, such as a service that is about to go, may give it back.
        return listeners.keySet().containsAll(wanted) ? Optional.empty() : Optional.of(LISTEN_AGAIN);
    }

    private void stop(Listening listening) {
        PortListener listener = listeners.remove(listening);
        if (listener != null) {
            listener.close();
        }
    }

    private void listen(Listening listening) {
        InetSocketAddress address = new InetSocketAddress(listening.address(), listening.port());
        try {
            PortListener listener = new PortListener(group, address, () -> backend(listening));
            listeners.put(listening, listener);
            listener.start();
            refused.remove(listening);
        } catch (IOException e) {
            if (refused.add(listening)) {
                LOG.warn(
                        "service {} cannot be reached at {}: {}; pods can still be reached directly",
                        listening.service(),
                        address,
                        e.getMessage());
            }
        }
    }

    private static Set<Listening> offered(Resource service) {
        Set<Listening> offered = new HashSet<>();
        String address = service.spec().path("clusterIP").asText("");
        for (JsonNode port : service.spec().path("ports")) {
            if (!ServiceBackends.managed(service) || !Backend.protocol(port).equals("TCP")) {
                continue;
            }
            String name = port.path("name").asText("");
            if (address.startsWith("127.")) {
                offered.add(new Listening(
                        service.key(), name, address, port.path("port").asInt()));
            }
            if (port.path("nodePort").asInt(0) > 0) {
                offered.add(new Listening(
                        service.key(), name, "127.0.0.1", port.path("nodePort").asInt()));
            }
        }
        return offered;
    }

    private Optional<InetSocketAddress> backend(Listening listening) {
        List<InetSocketAddress> usable = usable(listening);
        return usable.isEmpty()
                ? Optional.empty()
                : Optional.of(usable.get(Math.floorMod(turn.getAndIncrement(), usable.size())));
    }

    /** The pods that are ready; when there is none, those that still serve while they end, as a node's proxy does it. */
    private List<InetSocketAddress> usable(Listening listening) {
        List<InetSocketAddress> ready = new ArrayList<>();
        List<InetSocketAddress> ending = new ArrayList<>();
        ListOptions ofService =
                ListOptions.labels(SERVICE_LABEL + "=" + listening.service().name());
        for (JsonNode slice : cluster.api()
                .list(ResourceCatalog.ENDPOINT_SLICES, listening.service().namespace(), ofService)
                .items()) {
            for (JsonNode port : slice.path("ports")) {
                if (port.path("name").asText("").equals(listening.portName())) {
                    slice.path("endpoints")
                            .forEach(endpoint -> add(endpoint, port.path("port").asInt(), ready, ending));
                }
            }
        }
        return ready.isEmpty() ? ending : ready;
    }

    private static void add(
            JsonNode endpoint, int port, List<InetSocketAddress> ready, List<InetSocketAddress> ending) {
        JsonNode is = endpoint.path("conditions");
        if (is.path("ready").asBoolean(true)) {
            ready.add(address(endpoint, port));
        } else if (is.path("serving").asBoolean(false) && is.path("terminating").asBoolean(false)) {
            ending.add(address(endpoint, port));
        }
    }

    private static InetSocketAddress address(JsonNode endpoint, int port) {
        return new InetSocketAddress(endpoint.path("addresses").path(0).asText(), port);
    }

    /** Ends all listeners and connections. Idempotent. */
    @Override
    public synchronized void close() {
        closed = true;
        listeners.values().forEach(PortListener::close);
        listeners.clear();
        try {
            group.shutdownNow();
        } catch (IOException e) {
            LOG.debug("proxies did not close: {}", e.getMessage());
        }
    }

    /** Where one port of a service is offered. */
    private record Listening(Key service, String portName, String address, int port) {}
}
