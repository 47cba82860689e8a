package io.statefulkit.embedded.http;

import io.statefulkit.embedded.api.Api;
import io.statefulkit.embedded.api.Warnings;
import io.statefulkit.embedded.http.table.Tables;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;

/** Which request goes where: streams and watches at once, all others when their body is there. */
final class Routes {

    private static final int LIMIT = 3 * 1024 * 1024;

    private final Api api;
    private final Token token;
    private final ListedBefore listedBefore = new ListedBefore();
    private final Discovery discovery;
    private final OpenApi openApi;
    private final ResourceCalls resources;
    private final WatchCalls watches;
    private final StreamCalls streams;
    private final KillCalls kills;
    private final Workers workers;

    Routes(
            Api api,
            Token token,
            Tables tables,
            WatchCalls watches,
            StreamCalls streams,
            KillCalls kills,
            Workers workers) {
        this.api = api;
        this.token = token;
        this.discovery = new Discovery(api.catalog());
        this.openApi = new OpenApi(api.catalog());
        this.resources = new ResourceCalls(api, tables, listedBefore);
        this.watches = watches;
        this.streams = streams;
        this.kills = kills;
        this.workers = workers;
    }

    /** Answers one request, in the end. */
    void handle(HttpServerRequest request) {
        try {
            dispatch(request);
        } catch (Refusal refusal) {
            Exchange.refuse(request, refusal.answer());
        }
    }

    private void dispatch(HttpServerRequest request) {
        String path = String.valueOf(request.path());
        if (path.equals("/healthz") || path.equals("/livez") || path.equals("/readyz")) {
            Answer.text(200, "ok").send(request.response());
            return;
        }
        token.check(request);
        Call head = Call.of(request, Buffer.buffer());
        Optional<Target> target = Target.parse(api.catalog(), path);
        if (target.isPresent() && !target.get().subresource().isEmpty() && streams.serves(target.get())) {
            request.pause();
            streams.start(request, target.get(), head);
        } else if (target.isPresent() && isWatch(target.get(), head)) {
            request.pause();
            watches.start(request, target.get(), head);
        } else {
            read(request, target);
        }
    }

    private static boolean isWatch(Target target, Call head) {
        return head.method().equals("GET")
                && target.subresource().isEmpty()
                && head.query().flag("watch");
    }

    private void read(HttpServerRequest request, Optional<Target> target) {
        Buffer body = Buffer.buffer();
        request.exceptionHandler(ignored -> {});
        request.handler(part -> {
            if (body.length() + part.length() > LIMIT) {
                request.handler(ignored -> {});
                request.endHandler(ignored -> {});
                tooLarge(request);
            } else {
                body.appendBuffer(part);
            }
        });
        request.endHandler(ignored -> answer(request, target, body));
    }

    private static void tooLarge(HttpServerRequest request) {
        String message = "Request entity too large: limit is " + LIMIT;
        request.response().putHeader("Connection", "close");
        Answer.json(413, Statuses.failure(413, "RequestEntityTooLarge", message))
                .send(request.response());
    }

    private void answer(HttpServerRequest request, Optional<Target> target, Buffer body) {
        workers.submit(
                () -> {
                    Call call = Call.of(request, body);
                    return Compression.of(call, answer(target, call).withWarnings(Warnings.drain()), listedBefore);
                },
                answer -> answer.send(request.response()),
                answer -> answer.send(request.response()));
    }

    private Answer answer(Optional<Target> target, Call call) {
        if (target.isPresent()) {
            return resources.answer(target.get(), call);
        }
        if (call.path().equals(KillCalls.PATH)) {
            return kills.answer(call);
        }
        if (!call.isGet()) {
            return new Reviews().answer(call).orElseThrow(Refusal::pageNotFound);
        }
        return discovery.answer(call).or(() -> openApi.answer(call.path())).orElseThrow(Refusal::pageNotFound);
    }
}
