package io.statefulkit.embedded.http;

import io.statefulkit.embedded.api.ContainerStreams;
import io.statefulkit.embedded.http.forward.Dialer;
import io.statefulkit.embedded.http.forward.ForwardSocket;
import io.statefulkit.embedded.http.forward.SpdyTunnel;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** Answers port-forward, in the protocol that the client speaks. */
final class ForwardCalls {

    private final Vertx vertx;
    private final ContainerStreams containers;
    private final Workers workers;

    ForwardCalls(Vertx vertx, ContainerStreams containers, Workers workers) {
        this.vertx = vertx;
        this.containers = containers;
        this.workers = workers;
    }

    /** Starts to forward; the request must be paused and ask for another protocol. */
    void start(HttpServerRequest request, Target target, Query query) {
        if (Exchange.offers(request, SpdyTunnel.WEB_SOCKET_PROTOCOL)) {
            // The streams name their ports: 1 stands for none in particular.
            workers.submit(
                    () -> containers.address(target.namespace(), target.name(), 1),
                    found -> Exchange.upgrade(request).onSuccess(socket -> tunnel(socket, target)),
                    answer -> Exchange.refuse(request, answer));
            return;
        }
        List<Integer> ports = ports(query);
        workers.submit(
                () -> addresses(target, ports),
                addresses -> Exchange.upgrade(request)
                        .onSuccess(socket ->
                                new ForwardSocket(vertx.getOrCreateContext(), socket).start(ports, addresses)),
                answer -> Exchange.refuse(request, answer));
    }

    private void tunnel(ServerWebSocket socket, Target target) {
        Context context = vertx.getOrCreateContext();
        Dialer dialer = (port, found, refused) -> workers.submit(
                () -> containers.address(target.namespace(), target.name(), port),
                found,
                answer -> refused.accept(answer.body().toJsonObject().getString("message", "")));
        SpdyTunnel tunnel = new SpdyTunnel(context, socket, socket, target.name(), dialer);
        socket.closeHandler(ignored -> tunnel.close());
        tunnel.start();
    }

    private List<InetSocketAddress> addresses(Target target, List<Integer> ports) {
        List<InetSocketAddress> addresses = new ArrayList<>();
        for (int port : ports) {
            addresses.add(containers.address(target.namespace(), target.name(), port));
        }
        return addresses;
    }

    private static List<Integer> ports(Query query) {
        List<Integer> ports = new ArrayList<>();
        for (String value : query.all("ports")) {
            for (String port : value.split(",", -1)) {
                ports.add(port(port.trim()));
            }
        }
        if (ports.isEmpty() || ports.size() > 100) {
            throw Refusal.badRequest("query parameter \"ports\" is required");
        }
        return ports;
    }

    private static int port(String text) {
        try {
            int port = Integer.parseInt(text);
            if (port > 0 && port < 65_536) {
                return port;
            }
        } catch (NumberFormatException e) {
            throw Refusal.badRequest("unable to parse \"" + text + "\" as a port: " + e.getMessage());
        }
        throw Refusal.badRequest("port \"" + text + "\" must be > 0 and < 65536");
    }
}
