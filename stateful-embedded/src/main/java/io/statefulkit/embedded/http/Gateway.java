package io.statefulkit.embedded.http;

import io.statefulkit.embedded.api.Api;
import io.statefulkit.embedded.api.ContainerStreams;
import io.statefulkit.embedded.http.table.Tables;
import io.statefulkit.embedded.http.tls.Certificate;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
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

    private final Vertx vertx;
    private final String certificate;
    private final HttpServer server;
    private final Workers workers = new Workers();
    private final WatchCalls watches;
    private final Routes routes;
    private volatile Duration slowness = Duration.ZERO;

    private Gateway(
            Api api, ContainerStreams containers, Clock clock, String token, Optional<Certificate> certificate) {
        this.vertx = Vertx.vertx(Settings.vertx());
        this.certificate = certificate.map(Certificate::certificate).orElse("");
        this.server =
                vertx.createHttpServer(certificate.map(Settings::encrypted).orElseGet(Settings::inTheClear));
        Tables tables = new Tables(clock);
        this.watches = new WatchCalls(vertx, api, tables, workers);
        this.routes = new Routes(
                api,
                new Token(api, token),
                tables,
                watches,
                new StreamCalls(vertx, containers, workers),
                new KillCalls(containers),
                workers);
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
            routes.handle(request);
            return;
        }
        request.pause();
        vertx.setTimer(millis, ignored -> {
            request.resume();
            routes.handle(request);
        });
    }
}
