package io.statefulkit.embedded.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.ResourceCatalog;
import io.statefulkit.embedded.api.WriteOptions;
import io.statefulkit.embedded.json.Json;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.zip.GZIPInputStream;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GatewayTest {

    private static final String MAPS = "/api/v1/namespaces/n/configmaps";

    private final FakeApi api = new FakeApi();
    private final FakeContainers containers = new FakeContainers();
    private final Gateway gateway = Gateway.start(api, containers, Clock.systemUTC(), "secret", 0);
    private final HttpClient client = HttpClient.newBuilder()
            .sslContext(TestTls.trusting(gateway))
            .version(HttpClient.Version.HTTP_1_1)
            .build();

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void health_needs_no_token_and_everything_else_does() throws Exception {
        HttpRequest bare = HttpRequest.newBuilder(uri("/healthz")).build();
        assertThat(client.send(bare, BodyHandlers.ofString()).body()).isEqualTo("ok");

        HttpRequest other = HttpRequest.newBuilder(uri("/version")).build();
        HttpResponse<String> refused = client.send(other, BodyHandlers.ofString());
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(Json.parse(refused.body()).path("reason").asText()).isEqualTo("Unauthorized");

        assertThat(get("/version").body()).contains("v1.36.2");
    }

    @Test
    void the_cipher_is_the_fast_one_of_this_jvm() throws Exception {
        boolean firstCompilerOnly = System.getProperty("java.vm.info", "").contains("emulated-client");
        try (SSLSocket socket = (SSLSocket) TestTls.trusting(gateway)
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), gateway.port())) {
            socket.startHandshake();
            assertThat(socket.getSession().getCipherSuite()).contains(firstCompilerOnly ? "CHACHA20" : "AES");
        }
    }

    @Test
    void an_object_is_created_listed_read_and_deleted() throws Exception {
        HttpResponse<String> created = send("POST", MAPS, "application/json", map("a"));
        assertThat(created.statusCode()).isEqualTo(201);

        JsonNode list = Json.parse(get(MAPS).body());
        assertThat(list.path("kind").asText()).isEqualTo("ConfigMapList");
        assertThat(list.path("metadata").path("resourceVersion").asText()).isEqualTo("7");
        assertThat(list.path("items").path(0).has("kind")).isFalse();
        assertThat(Json.parse(get(MAPS + "/a").body()).path("kind").asText()).isEqualTo("ConfigMap");
        assertThat(send("DELETE", MAPS + "/a", "", "").statusCode()).isEqualTo(200);
    }

    @Test
    void a_long_list_is_the_list_of_what_is_there_now_and_compressed_only_for_who_takes_it() throws Exception {
        for (int i = 0; i < 300; i++) {
            api.create(ResourceCatalog.CONFIG_MAPS, "n", filled("m" + i, "old"), WriteOptions.by("test"));
        }
        assertThat(get(MAPS).body()).contains("old").doesNotContain("new");
        api.create(ResourceCatalog.CONFIG_MAPS, "n", filled("m7", "new"), WriteOptions.by("test"));

        HttpResponse<String> plain = get(MAPS);
        assertThat(plain.headers().firstValue("Content-Encoding")).isEmpty();
        JsonNode list = Json.parse(plain.body());
        assertThat(list.path("kind").asText()).isEqualTo("ConfigMapList");
        assertThat(list.path("metadata").path("resourceVersion").asText()).isEqualTo("7");
        assertThat(list.path("items"))
                .hasSize(300)
                .allSatisfy(item -> assertThat(item.has("kind")).isFalse());
        assertThat(list.findValuesAsText("v"))
                .filteredOn(text -> text.startsWith("new"))
                .hasSize(1);

        HttpResponse<byte[]> compressed = client.send(
                request(MAPS).header("Accept-Encoding", "deflate, gzip;q=1.0").build(), BodyHandlers.ofByteArray());
        assertThat(compressed.headers().firstValue("Content-Encoding")).contains("gzip");
        try (InputStream body = new GZIPInputStream(new ByteArrayInputStream(compressed.body()))) {
            assertThat(new String(body.readAllBytes(), UTF_8)).isEqualTo(plain.body());
        }
        HttpRequest refusing =
                request(MAPS).header("Accept-Encoding", "gzip;q=0, identity").build();
        assertThat(client.send(refusing, BodyHandlers.ofString()).body()).isEqualTo(plain.body());
    }

    @Test
    void yaml_is_read_as_well() throws Exception {
        String yaml = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: y\ndata:\n  k: v\n";
        assertThat(send("POST", MAPS, "application/yaml", yaml).statusCode()).isEqualTo(201);
        assertThat(api.get(ResourceCatalog.CONFIG_MAPS, "n", "y")
                        .path("data")
                        .path("k")
                        .asText())
                .isEqualTo("v");
    }

    @Test
    void warnings_go_back_as_headers() throws Exception {
        HttpResponse<String> created =
                send("POST", MAPS, "application/json", "{\"metadata\":{\"name\":\"w\"},\"warn\":1}");
        assertThat(created.headers().allValues("Warning")).containsExactly("299 - \"unknown field \\\"warn\\\"\"");
    }

    @Test
    void what_nobody_serves_is_refused_with_the_right_status() throws Exception {
        assertThat(get("/nope").body()).isEqualTo("404 page not found\n");
        assertThat(get("/apis/nope/v1/things").statusCode()).isEqualTo(404);
        assertThat(get("/api/v1/namespaces/n/pods/p/nosub").body()).contains("could not find the requested resource");
        assertThat(send("PUT", MAPS, "application/json", "{}").statusCode()).isEqualTo(405);
        assertThat(send("POST", MAPS, "text/plain", "x").statusCode()).isEqualTo(415);
        assertThat(send("POST", MAPS, "application/json", "{not json").statusCode())
                .isEqualTo(400);
        assertThat(send("PATCH", MAPS + "/a", "application/unknown", "{}").statusCode())
                .isEqualTo(415);
        assertThat(send("DELETE", MAPS, "", "").body())
                .contains("InternalError")
                .contains("a bug of the API");
    }

    @Test
    void parameters_that_cannot_be_read_are_refused_in_the_words_of_kubernetes() throws Exception {
        String number = "\"message\":\"strconv.ParseInt: parsing \\\"x\\\": invalid syntax\",\"reason\":\"BadRequest\"";
        for (String parameter : List.of("limit=x", "timeoutSeconds=x", "watch=1&timeoutSeconds=x", "watch=1&limit=x")) {
            HttpResponse<String> refused = get(MAPS + "?" + parameter);
            assertThat(refused.statusCode()).as(parameter).isEqualTo(400);
            assertThat(refused.body()).as(parameter).contains(number);
        }
        assertThat(get(MAPS + "?limit=99999999999999999999").body()).contains("value out of range");
        assertThat(get(MAPS + "?limit=").body()).contains("strconv.ParseInt: parsing \\\"\\\": invalid syntax");
        assertThat(get(MAPS + "?watch=FALSE").statusCode()).isEqualTo(200);
        assertThat(get("/api/v1/namespaces/n/pods/p/log?sinceTime=x").body())
                .contains("parsing time \\\"x\\\" as \\\"2006-01-02T15:04:05Z07:00\\\": cannot parse", "BadRequest");
        HttpResponse<String> one = get(MAPS + "/a?resourceVersion=x");
        assertThat(one.statusCode()).isEqualTo(500);
        assertThat(one.body())
                .contains("\"message\":\"resourceVersion: Invalid value: \\\"x\\\": strconv.ParseUint")
                .doesNotContain("reason");
    }

    @Test
    void an_object_of_the_future_cannot_be_read() throws Exception {
        HttpResponse<String> refused = get(MAPS + "/a?resourceVersion=8");

        assertThat(refused.statusCode()).isEqualTo(504);
        assertThat(refused.body())
                .contains("\"message\":\"Timeout: Too large resource version: 8, current: 7\",\"reason\":\"Timeout\"")
                .contains("\"retryAfterSeconds\":1");
    }

    @Test
    void a_client_elsewhere_can_ask_whether_it_may_kill_and_kill() throws Exception {
        String path = "/statefulkit/v1/kill";

        assertThat(get(path).body()).isEqualTo("ok");
        assertThat(send("POST", path + "?namespace=n&pod=p-0&container=c", "", "")
                        .body())
                .isEqualTo("killed");

        assertThat(containers.killed).containsExactly("n/p-0/c");
        HttpResponse<String> refused = send("POST", path + "?namespace=n&pod=p-0", "", "");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("the parameter container is missing");
        assertThat(send("DELETE", path, "", "").statusCode()).isEqualTo(405);
    }

    @Test
    void options_that_make_no_sense_and_forms_that_nobody_writes_are_refused() throws Exception {
        assertThat(send("POST", MAPS + "?dryRun=Some", "application/json", map("a"))
                        .body())
                .contains("\"code\":422", "dryRun: Unsupported value: [\\\"Some\\\"]");
        assertThat(get(MAPS + "?sendInitialEvents=true").body())
                .contains("\"code\":422", "sendInitialEvents is forbidden for list");
        assertThat(get(MAPS + "?watch=true&sendInitialEvents=true").body())
                .contains("\"code\":422", "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan");
        assertThat(get("/api/v1/namespaces/default/pods/p/log?tailLines=-1&sinceSeconds=0")
                        .body())
                .contains("\"code\":422", "PodLogOptions \\\"p\\\" is invalid: [tailLines: Invalid value: -1: must be")
                .contains("sinceSeconds: Invalid value: 0: must be greater than 0]");
        HttpResponse<String> image =
                client.send(request(MAPS).setHeader("Accept", "image/png").build(), BodyHandlers.ofString());
        assertThat(image.statusCode()).isEqualTo(406);
        assertThat(image.body()).contains("NotAcceptable", "only the following media types are accepted");
    }

    @Test
    void a_body_that_is_too_large_is_refused_and_the_server_lives_on() throws Exception {
        String large = "{\"data\":\"" + "x".repeat(4_000_000) + "\"}";
        assertThatThrownBy(() -> {
                    HttpResponse<String> response = send("POST", MAPS, "application/json", large);
                    // Either the answer is read, or the connection is cut while the client still writes.
                    assertThat(response.statusCode()).isEqualTo(413);
                    throw new IOException("refused");
                })
                .isInstanceOf(IOException.class);
        assertThat(get("/version").statusCode()).isEqualTo(200);
    }

    @Test
    void a_watch_sends_one_line_an_event_as_it_happens() throws Exception {
        send("POST", MAPS, "application/json", map("first"));
        HttpResponse<InputStream> watch = client.send(request(MAPS + "?watch=1").build(), BodyHandlers.ofInputStream());
        BufferedReader lines = new BufferedReader(new InputStreamReader(watch.body(), UTF_8));
        assertThat(name(lines.readLine())).isEqualTo("first");
        send("POST", MAPS, "application/json", map("second"));
        assertThat(name(lines.readLine())).isEqualTo("second");

        watch.body().close();
        await().atMost(Duration.ofSeconds(60)).until(api.watchers::isEmpty);
    }

    @Test
    void a_watch_with_nothing_to_tell_answers_its_head_at_once() throws Exception {
        HttpResponse<InputStream> watch =
                client.send(request(MAPS + "?watch=true&timeoutSeconds=1").build(), BodyHandlers.ofInputStream());
        assertThat(watch.statusCode()).isEqualTo(200);
        assertThat(watch.body().readAllBytes()).isEmpty();
        assertThat(api.watchers).isEmpty();
    }

    @Test
    void a_log_is_plain_text() throws Exception {
        HttpResponse<String> log = get("/api/v1/namespaces/n/pods/p/log?container=c");
        assertThat(log.body()).isEqualTo("log of c\n");
        assertThat(log.headers().firstValue("Content-Type")).hasValue("text/plain");
    }

    @Test
    void a_log_that_is_followed_ends_when_the_client_goes() throws Exception {
        HttpResponse<InputStream> log = client.send(
                request("/api/v1/namespaces/n/pods/p/log?follow=true").build(), BodyHandlers.ofInputStream());
        assertThat(new BufferedReader(new InputStreamReader(log.body(), UTF_8)).readLine())
                .isEqualTo("log of ");
        log.body().close();
        await().atMost(Duration.ofSeconds(60)).until(() -> !containers.closed.isEmpty());
    }

    @Test
    void closing_frees_the_port() {
        int port = gateway.port();
        gateway.close();
        assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
                .isInstanceOf(IOException.class);
    }

    @Test
    void a_port_in_use_is_refused_with_the_port_in_the_message() {
        assertThatThrownBy(() -> Gateway.start(api, containers, Clock.systemUTC(), "t", gateway.port())
                        .close())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("127.0.0.1:" + gateway.port());
    }

    private static String name(String line) {
        return Json.parse(line).path("object").path("metadata").path("name").asText();
    }

    private static String map(String name) {
        return "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"" + name + "\"}}";
    }

    private static ObjectNode filled(String name, String value) {
        ObjectNode map = (ObjectNode) Json.parse(map(name));
        map.putObject("data").put("v", value + "-".repeat(600));
        return map;
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(request(path).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> send(String method, String path, String type, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = request(path).method(method, BodyPublishers.ofString(body));
        if (!type.isEmpty()) {
            request.header("Content-Type", type);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(uri(path))
                .header("Authorization", "Bearer secret")
                .timeout(Duration.ofSeconds(60));
    }

    private URI uri(String path) {
        return URI.create(gateway.url() + path);
    }
}
