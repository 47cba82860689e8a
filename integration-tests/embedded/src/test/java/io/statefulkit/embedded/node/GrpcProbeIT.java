package io.statefulkit.embedded.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.statefulkit.embedded.node.probe.GrpcProbes;
import io.statefulkit.embedded.node.probe.ProbeResult;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Probes by the health protocol of gRPC, against a server that speaks it over HTTP/2. */
class GrpcProbeIT {

    private static volatile byte[] asked = new byte[0];

    private static Vertx vertx;
    private static HttpServer server;
    private static GrpcProbes probes;
    private static volatile String code = "0";
    private static volatile int status = 1;

    @BeforeAll
    static void start() throws Exception {
        vertx = Vertx.vertx();
        server = vertx.createHttpServer(new HttpServerOptions().setHost("127.0.0.1"))
                .requestHandler(GrpcProbeIT::answer)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(60, TimeUnit.SECONDS);
        probes = new GrpcProbes();
    }

    @AfterAll
    static void stop() throws Exception {
        probes.close();
        vertx.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    private static void answer(HttpServerRequest request) {
        request.bodyHandler(body -> {
            asked = body.getBytes();
            var response = request.response().setChunked(true).putHeader("content-type", "application/grpc");
            if (code.equals("0")) {
                response.write(Buffer.buffer(new byte[] {0, 0, 0, 0, 2, 8, (byte) status}));
            }
            response.putTrailer("grpc-status", code).putTrailer("grpc-message", "said so");
            response.end();
        });
    }

    @Test
    void what_a_server_says_of_its_health_decides() throws Exception {
        code = "0";
        status = 1;
        assertThat(ask("db").success()).isTrue();
        assertThat(asked).containsExactly(0, 0, 0, 0, 4, 0x0a, 2, 'd', 'b');

        status = 2;
        assertThat(ask("").output()).isEqualTo("service unhealthy (responded with \"NOT_SERVING\")");
        assertThat(asked).containsExactly(0, 0, 0, 0, 0);

        code = "12";
        assertThat(ask("").output())
                .isEqualTo("error: this server does not implement the grpc health protocol (grpc.health.v1.Health):"
                        + " said so");

        code = "5";
        assertThat(ask("").output()).isEqualTo("error: health rpc probe failed: code 5: said so");
    }

    @Test
    void nobody_there_is_a_failure_with_the_address() throws Exception {
        ProbeResult result =
                probes.check("127.0.0.1", 1, "", Duration.ofSeconds(30)).get(60, TimeUnit.SECONDS);

        assertThat(result.success()).isFalse();
        assertThat(result.output()).isEqualTo("timeout: failed to connect service \"127.0.0.1:1\" within 30s");
    }

    private static ProbeResult ask(String service) throws Exception {
        return probes.check("127.0.0.1", server.actualPort(), service, Duration.ofSeconds(60))
                .get(60, TimeUnit.SECONDS);
    }
}
