package io.statefulkit.embedded.fidelity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.fabric8.kubernetes.client.Config;
import io.statefulkit.embedded.json.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;

/** Sends requests as they are written, and watches by lines. */
final class RawClient {

    private final HttpClient http;
    private final String server;
    private final String token;

    RawClient(Config config) {
        this.server = config.getMasterUrl().replaceAll("/+$", "");
        this.token = config.getOauthToken();
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(trusting(Base64.getDecoder().decode(config.getCaCertData())))
                .build();
    }

    /** An answer: a tree where it is JSON, else its text. */
    record Reply(int status, JsonNode body) {}

    Reply send(String method, String path, String contentType, String accept, String body) {
        HttpRequest.Builder request = request(path, accept).method(method, BodyPublishers.ofString(body));
        if (!contentType.isEmpty()) {
            request.header("Content-Type", contentType);
        }
        try {
            HttpResponse<String> response = answer(request.build());
            return new Reply(response.statusCode(), parsed(response.body()));
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path + " got no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    // On a busy machine a handshake may take too long: then nothing was sent yet.
    private HttpResponse<String> answer(HttpRequest request) throws IOException, InterruptedException {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (SSLException | ConnectException e) {
            return http.send(request, BodyHandlers.ofString());
        }
    }

    /**
     * A watch.
     *
     * @param opened done when the server has answered: what happens from then on is not missed
     * @param ended done when it is over; cancelling it ends the watch
     */
    record Watch(CompletableFuture<Void> opened, CompletableFuture<?> ended) {}

    /** Begins to watch. */
    Watch watch(String path, Consumer<JsonNode> events) {
        HttpRequest request = request(path + "?watch=true&timeoutSeconds=3600", "application/json")
                .build();
        CompletableFuture<Void> opened = new CompletableFuture<>();
        BodyHandler<Void> lines = BodyHandlers.fromLineSubscriber(new Lines(events));
        CompletableFuture<?> ended = http.sendAsync(request, info -> {
                    opened.complete(null);
                    return lines.apply(info);
                })
                .whenComplete((response, failure) -> {
                    if (failure != null) {
                        opened.completeExceptionally(failure);
                    }
                });
        return new Watch(opened, ended);
    }

    private HttpRequest.Builder request(String path, String accept) {
        return HttpRequest.newBuilder(URI.create(server + path))
                .header("Authorization", "Bearer " + token)
                .header("Accept", accept)
                .header("User-Agent", "unknown/1.0");
    }

    private static JsonNode parsed(String text) {
        try {
            // A watch answers with several objects, one a line.
            return text.startsWith("{") && text.lines().count() == 1 ? Json.parse(text) : TextNode.valueOf(text);
        } catch (IllegalArgumentException e) {
            return TextNode.valueOf(text);
        }
    }

    private static SSLContext trusting(byte[] certificate) {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            store.setCertificateEntry(
                    "cluster",
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(certificate)));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("the certificate of the cluster cannot be trusted", e);
        }
    }

    private record Lines(Consumer<JsonNode> events) implements Flow.Subscriber<String> {

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(String line) {
            events.accept(Json.parse(line));
        }

        @Override
        public void onError(Throwable problem) {
            // The end of a watch is not what is tested here: what it did not see is missing in the history.
        }

        @Override
        public void onComplete() {
            // See above.
        }
    }

    /** How long anything may take on a busy machine; the third restart of a container alone comes after half a minute. */
    static final Duration LIMIT = Duration.ofMinutes(3);
}
