package io.statefulkit.embedded.node.probe;

import io.statefulkit.embedded.node.status.Times;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Asks servers for their health by {@code grpc.health.v1.Health/Check}: HTTP/2 without TLS, and two messages so small that
 * they are written by hand. The client is made when the first such probe runs. Thread-safe.
 */
public final class GrpcProbes implements AutoCloseable {

    private static final String PATH = "/grpc.health.v1.Health/Check";
    private static final int PREFIX = 5;
    private static final int SERVICE = 0x0a;
    private static final int STATUS = 0x08;
    private static final int SERVING = 1;
    private static final String OK = "0";
    private static final String UNIMPLEMENTED = "12";

    private @Nullable Vertx vertx;
    private @Nullable HttpClient client;

    /** Asks once; the result comes within the timeout. */
    public CompletableFuture<ProbeResult> check(String host, int port, String service, Duration timeout) {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setHost(host)
                .setPort(port)
                .setURI(PATH)
                .putHeader("content-type", "application/grpc")
                .putHeader("te", "trailers")
                .putHeader("user-agent", "kube-probe/1.36");
        String address = host + ":" + port;
        return client().request(options)
                .compose(request -> answer(request, question(service)))
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(problem -> failure(problem, address, timeout));
    }

    /**
     * All of it is asked for on the event loop, before the response can come: what comes while nobody has asked for the body yet is
     * dropped.
     */
    private static Future<ProbeResult> answer(HttpClientRequest request, Buffer question) {
        return request.send(question).compose(response -> response.body().map(body -> verdict(response, body)));
    }

    private static Buffer question(String service) {
        Buffer message = Buffer.buffer();
        byte[] name = service.getBytes(StandardCharsets.UTF_8);
        if (name.length > 0) {
            message.appendByte((byte) SERVICE);
            int length = name.length;
            while (length > 0x7f) {
                message.appendByte((byte) ((length & 0x7f) | 0x80));
                length >>>= 7;
            }
            message.appendByte((byte) length).appendBytes(name);
        }
        return Buffer.buffer().appendByte((byte) 0).appendInt(message.length()).appendBuffer(message);
    }

    private static ProbeResult verdict(HttpClientResponse response, Buffer body) {
        String code = first(response.getTrailer("grpc-status"), response.getHeader("grpc-status"));
        String words = first(response.getTrailer("grpc-message"), response.getHeader("grpc-message"));
        if (code.equals(UNIMPLEMENTED) || (code.isEmpty() && response.statusCode() == 404)) {
            return ProbeResult.failure(
                    "error: this server does not implement the grpc health protocol (grpc.health.v1.Health): " + words);
        }
        if (!code.equals(OK)) {
            return ProbeResult.failure("error: health rpc probe failed: code " + code + ": " + words);
        }
        boolean said = body.length() >= PREFIX + 2 && body.getByte(PREFIX) == STATUS;
        int status = said ? body.getByte(PREFIX + 1) : 0;
        return status == SERVING
                ? ProbeResult.OK
                : ProbeResult.failure("service unhealthy (responded with \"" + name(status) + "\")");
    }

    private static String name(int status) {
        return switch (status) {
            case 0 -> "UNKNOWN";
            case 2 -> "NOT_SERVING";
            case 3 -> "SERVICE_UNKNOWN";
            default -> Integer.toString(status);
        };
    }

    private static ProbeResult failure(Throwable problem, String address, Duration timeout) {
        Throwable cause =
                problem instanceof CompletionException && problem.getCause() != null ? problem.getCause() : problem;
        return ProbeResult.failure(
                cause instanceof TimeoutException || cause instanceof java.net.ConnectException
                        ? "timeout: failed to connect service \"" + address + "\" within " + Times.text(timeout)
                        : "error: health rpc probe failed: " + cause.getMessage());
    }

    private static String first(@Nullable String one, @Nullable String other) {
        return one != null ? one : other != null ? other : "";
    }

    private synchronized HttpClient client() {
        HttpClient made = client;
        if (made == null) {
            Vertx own = Vertx.vertx(new VertxOptions()
                    .setEventLoopPoolSize(1)
                    .setWorkerPoolSize(1)
                    .setInternalBlockingPoolSize(1)
                    .setUseDaemonThread(true)
                    .setFileSystemOptions(
                            new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
            made = own.createHttpClient(new HttpClientOptions()
                    .setProtocolVersion(HttpVersion.HTTP_2)
                    .setHttp2ClearTextUpgrade(false)
                    .setKeepAlive(false));
            vertx = own;
            client = made;
        }
        return made;
    }

    @Override
    public synchronized void close() {
        Vertx made = vertx;
        if (made != null) {
            try {
                made.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (ExecutionException | TimeoutException e) {
                throw new IllegalStateException("the client of gRPC probes did not stop within 10 s", e);
            }
        }
    }
}
