package io.statefulkit.embedded.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.ContainerStreams;
import io.statefulkit.embedded.api.ContainerStreams.ExecRequest;
import io.statefulkit.embedded.api.ContainerStreams.Execution;
import io.statefulkit.embedded.api.ContainerStreams.LogRequest;
import io.statefulkit.embedded.api.ResourceCatalog;
import io.statefulkit.embedded.http.forward.SpdyTunnel;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Set;

/** Answers exec, attach, logs and port-forward. */
final class StreamCalls {

    /** The WebSocket protocols that are spoken. */
    static final List<String> PROTOCOLS = List.of(
            "v5.channel.k8s.io",
            "v4.channel.k8s.io",
            "v3.channel.k8s.io",
            "v2.channel.k8s.io",
            "channel.k8s.io",
            SpdyTunnel.WEB_SOCKET_PROTOCOL);

    private static final Set<String> NAMES = Set.of("exec", "attach", "log", "portforward");

    private final Vertx vertx;
    private final ContainerStreams containers;
    private final Workers workers;
    private final ForwardCalls forwards;
    private final Leavers leavers = new Leavers();

    StreamCalls(Vertx vertx, ContainerStreams containers, Workers workers) {
        this.vertx = vertx;
        this.containers = containers;
        this.workers = workers;
        this.forwards = new ForwardCalls(vertx, containers, workers);
    }

    boolean serves(Target target) {
        return target.type().equals(ResourceCatalog.PODS) && NAMES.contains(target.subresource());
    }

    /** Starts the stream; the request must be paused. */
    void start(HttpServerRequest request, Target target, Call call) {
        if (target.subresource().equals("log")) {
            logs(request, target, call);
            return;
        }
        if (!call.isGet() && !call.method().equals("POST")) {
            throw Refusal.methodNotAllowed();
        }
        if (Exchange.isSpdy(request)) {
            refuseSpdy(request, target, call.query());
            return;
        }
        if (!Exchange.isUpgrade(request)) {
            throw Refusal.badRequest("Upgrade request required");
        }
        if (target.subresource().equals("portforward")) {
            forwards.start(request, target, call.query());
        } else {
            exec(request, target, call);
        }
    }

    /** Says what is wrong with the request in SPDY as in a WebSocket: this is the answer that kubectl shows. */
    private void refuseSpdy(HttpServerRequest request, Target target, Query query) {
        workers.submit(
                () -> {
                    if (target.subresource().equals("portforward")) {
                        return containers.address(target.namespace(), target.name(), 1);
                    }
                    containers.requireRunning(target.namespace(), target.name(), query.text("container"));
                    return target;
                },
                found -> Exchange.refuse(request, Refusal.spdy().answer()),
                answer -> Exchange.refuse(request, answer));
    }

    private void logs(HttpServerRequest request, Target target, Call call) {
        if (!call.isGet()) {
            throw Refusal.methodNotAllowed();
        }
        Query query = call.query();
        LogOptions.check(target.name(), query);
        LogRequest wanted = new LogRequest(
                target.namespace(),
                target.name(),
                query.text("container"),
                query.flag("follow"),
                query.flag("previous"),
                query.flag("timestamps"),
                query.integer("tailLines"),
                query.number("sinceSeconds"),
                LogOptions.since(query),
                query.number("limitBytes"));
        LogResponse response = new LogResponse(vertx.getOrCreateContext(), request.response());
        request.resume();
        workers.submitStream(
                () -> containers.logs(wanted, response), response::opened, answer -> answer.send(request.response()));
    }

    private void exec(HttpServerRequest request, Target target, Call call) {
        Query query = call.query();
        boolean attach = target.subresource().equals("attach");
        List<String> command = query.all("command");
        if (!attach && command.isEmpty()) {
            throw Refusal.badRequest("you must specify at least one command for the container");
        }
        if (!query.flag("stdin") && !query.flag("stdout") && !query.flag("stderr")) {
            throw Refusal.badRequest("you must specify at least 1 of stdin, stdout, stderr");
        }
        ExecRequest wanted = new ExecRequest(
                target.namespace(),
                target.name(),
                query.text("container"),
                attach ? List.of() : command,
                query.flag("stdin"),
                query.flag("tty"));
        ExecSocket socket =
                new ExecSocket(vertx.getOrCreateContext(), workers, query.flag("stdout"), query.flag("stderr"));
        String pod = target.namespace() + "/" + target.name();
        if (!attach) {
            socket.onLeft(end -> leavers.add(pod, end));
        }
        Context loop = vertx.getOrCreateContext();
        leavers.after(
                pod,
                task -> loop.runOnContext(ignored -> task.run()),
                () -> workers.submitStream(
                        () -> attach ? containers.attach(wanted, socket) : containers.exec(wanted, socket),
                        execution -> upgrade(request, socket, execution),
                        answer -> refuse(request, answer)));
    }

    /** A client of v5 has been let in by the time that the node refuses: it reads the reason from the socket. */
    private static void refuse(HttpServerRequest request, Answer answer) {
        if (answer.code() != 500 || !Exchange.offers(request, "v5.channel.k8s.io")) {
            Exchange.refuse(request, answer);
            return;
        }
        String why = answer.body().toJsonObject().getString("message", "");
        ObjectNode status = ExecStatus.refused(why.substring(why.indexOf(": ") + 2));
        Exchange.upgrade(request).onSuccess(socket -> ExecSocket.end(socket, status));
    }

    private static void upgrade(HttpServerRequest request, ExecSocket socket, Execution execution) {
        socket.runs(execution);
        Exchange.upgrade(request).onSuccess(socket::connect).onFailure(ignored -> socket.abandon());
    }
}
