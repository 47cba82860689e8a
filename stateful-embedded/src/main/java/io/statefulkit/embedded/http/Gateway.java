package io.statefulkit.embedded.http;

import io.statefulkit.embedded.api.Api;
import io.statefulkit.embedded.api.ContainerStreams;
import io.statefulkit.embedded.api.Warnings;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.KeyCertOptions;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The API server on a loopback socket.
 *
 * <p>One event loop owns all connections and never blocks: calls of the API run on {@link Workers}. Safe for use by many
 * threads.
 */
public final class Gateway implements AutoCloseable {

    private static final String LOOPBACK = "127.0.0.1";
    private static final int LIMIT = 3 * 1024 * 1024;

    private final Vertx vertx;
    private final String certificate;
    private final HttpServer server;
    private final Workers workers = new Workers();
    private final Token token;
    private final Api api;
    private final Discovery discovery;
    private final OpenApi openApi;
    private final ListedBefore listedBefore = new ListedBefore();
    private final ResourceCalls resources;
    private final WatchCalls watches;
    private final StreamCalls streams;
    private final KillCalls kills;
    private volatile Duration slowness = Duration.ZERO;

    private Gateway(
            Api api, ContainerStreams containers, Clock clock, String token, Optional<Certificate> certificate) {
        this.vertx = Vertx.vertx(vertxOptions());
        this.certificate = certificate.map(Certificate::certificate).orElse("");
        this.server = vertx.createHttpServer(certificate.map(Gateway::encrypted).orElseGet(Gateway::serverOptions));
        this.token = new Token(api, token);
        this.api = api;
        this.discovery = new Discovery(api.catalog());
        this.openApi = new OpenApi(api.catalog());
        Tables tables = new Tables(clock);
        this.resources = new ResourceCalls(api, tables, listedBefore);
        this.watches = new WatchCalls(vertx, api, tables, workers);
        this.streams = new StreamCalls(vertx, containers, workers);
        this.kills = new KillCalls(containers);
    }

    /**
     * Listens on the loopback interface.
     *
     * @param api what answers
     * @param containers what exec, logs and port-forward go to
     * @param clock the time that ages are measured with
     * @param token the bearer token that every request must carry
     * @param port the port, or 0 for a free one
     * @throws IllegalStateException when the port cannot be used
     */
    public static Gateway start(Api api, ContainerStreams containers, Clock clock, String token, int port) {
        return start(api, containers, clock, token, port, Certificate.create(clock));
    }

    /**
     * Listens on the loopback interface with this certificate.
     *
     * @param api what answers
     * @param containers what exec, logs and port-forward go to
     * @param clock the time that ages are measured with
     * @param token the bearer token that every request must carry
     * @param port the port, or 0 for a free one
     * @param certificate what it proves itself with
     * @throws IllegalStateException when the port cannot be used
     */
    public static Gateway start(
            Api api, ContainerStreams containers, Clock clock, String token, int port, Certificate certificate) {
        return listening(new Gateway(api, containers, clock, token, Optional.of(certificate)), port);
    }

    /** Listens without TLS: for tests with thousands of connections, which would spend their time in handshakes. */
    static Gateway startInTheClear(Api api, ContainerStreams containers, Clock clock, String token) {
        return listening(new Gateway(api, containers, clock, token, Optional.empty()), 0);
    }

    private static Gateway listening(Gateway gateway, int port) {
        gateway.server.requestHandler(gateway::handle);
        try {
            gateway.server
                    .listen(port, LOOPBACK)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException e) {
            gateway.close();
            throw new IllegalStateException(
                    "the API server cannot listen on " + LOOPBACK + ":" + port + " (" + e.getCause()
                            + "); choose another port, or 0 for a free one",
                    e.getCause());
        }
        return gateway;
    }

    /** Returns the port that it listens on. */
    public int port() {
        return server.actualPort();
    }

    /** Returns the certificate that clients must trust, in PEM. */
    public String certificate() {
        return certificate;
    }

    /** Returns the address for clients, such as {@code https://127.0.0.1:43211}. */
    public String url() {
        return "https://" + LOOPBACK + ":" + port();
    }

    /** Cuts all connections and frees the port; idempotent. */
    @Override
    public void close() {
        workers.close();
        try {
            vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the API server did not stop within 10 s", e);
        }
    }

    /** Cuts the connections of all watches. */
    public void dropWatches() {
        watches.dropAll();
    }

    /** Makes every request wait before it is looked at, until the result is run. */
    public Runnable slow(Duration wait) {
        slowness = wait;
        return () -> slowness = Duration.ZERO;
    }

    private void handle(HttpServerRequest request) {
        long millis = slowness.toMillis();
        if (millis <= 0) {
            handleNow(request);
            return;
        }
        request.pause();
        vertx.setTimer(millis, ignored -> {
            request.resume();
            handleNow(request);
        });
    }

    private void handleNow(HttpServerRequest request) {
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

    private static VertxOptions vertxOptions() {
        return new VertxOptions()
                .setEventLoopPoolSize(2)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                .setUseDaemonThread(true)
                .setBlockedThreadCheckInterval(60_000)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false));
    }

    private static HttpServerOptions encrypted(Certificate certificate) {
        HttpServerOptions options = serverOptions()
                .setSsl(true)
                .setUseAlpn(false)
                .setKeyCertOptions(KeyCertOptions.wrap(certificate.keyManager()));
        CipherSuites.fastFirst().forEach(options::addEnabledCipherSuite);
        return options;
    }

    private static HttpServerOptions serverOptions() {
        return new HttpServerOptions()
                .setHost(LOOPBACK)
                .setAcceptBacklog(4096)
                .setMaxHeaderSize(64 * 1024)
                .setMaxInitialLineLength(64 * 1024)
                .setMaxWebSocketFrameSize(4 * 1024 * 1024)
                .setMaxWebSocketMessageSize(8 * 1024 * 1024)
                .setPerFrameWebSocketCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false)
                // A client that does not read cannot confirm that it closes.
                .setWebSocketClosingTimeout(1)
                .setHandle100ContinueAutomatically(true)
                .setWebSocketSubProtocols(StreamCalls.PROTOCOLS);
    }
}
