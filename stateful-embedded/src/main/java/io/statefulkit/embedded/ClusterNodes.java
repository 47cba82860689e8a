package io.statefulkit.embedded;

import io.statefulkit.embedded.api.Api;
import io.statefulkit.embedded.api.ContainerStreams;
import io.statefulkit.embedded.api.ResourceCatalog;
import io.statefulkit.embedded.node.NodeAgent;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The nodes of a cluster; streams go to the node on which the pod is. Immutable. */
final class ClusterNodes implements ContainerStreams {

    private final Api api;
    private final Map<String, NodeAgent> byName;
    private final NodeAgent first;

    ClusterNodes(Api api, Map<String, NodeAgent> byName) {
        this.api = api;
        this.byName = new LinkedHashMap<>(byName);
        this.first = byName.values().iterator().next();
    }

    /** Returns the name of a node, the first being 0. */
    static String name(int number) {
        return number == 0 ? "embedded" : "embedded-" + (number + 1);
    }

    List<NodeAgent> all() {
        return List.copyOf(byName.values());
    }

    NodeAgent first() {
        return first;
    }

    /** Returns a node by its name. */
    NodeAgent named(String name) {
        NodeAgent node = byName.get(name);
        if (node == null) {
            throw new IllegalArgumentException("there is no node \"" + name + "\": there are " + byName.keySet());
        }
        return node;
    }

    /** Returns the node of a pod; the first one when it has none, which then says what is missing. */
    NodeAgent of(String namespace, String pod) {
        return api.find(ResourceCatalog.PODS, namespace, pod)
                .map(found -> found.path("spec").path("nodeName").asText(""))
                .map(byName::get)
                .orElse(first);
    }

    @Override
    public Execution exec(ExecRequest request, Output output) {
        return of(request.namespace(), request.pod()).streams().exec(request, output);
    }

    @Override
    public Execution attach(ExecRequest request, Output output) {
        return of(request.namespace(), request.pod()).streams().attach(request, output);
    }

    @Override
    public void requireRunning(String namespace, String pod, String container) {
        of(namespace, pod).streams().requireRunning(namespace, pod, container);
    }

    @Override
    public Execution logs(LogRequest request, Output output) {
        return of(request.namespace(), request.pod()).streams().logs(request, output);
    }

    @Override
    public InetSocketAddress address(String namespace, String pod, int port) {
        return of(namespace, pod).streams().address(namespace, pod, port);
    }

    @Override
    public void kill(String namespace, String pod, String container) {
        of(namespace, pod).faults().kill(namespace, pod, container);
    }
}
