package io.statefulkit.embedded.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.statefulkit.embedded.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a client sends: the answer is a Status or the end of the connection, and nothing else changes. */
class BadInputIT {

    private static final String SPACE = "bad-input";
    private static final String MAPS = "/api/v1/namespaces/" + SPACE + "/configmaps";
    /** Two thousand are served as well, with {@code -Dwatches=2000}: opening them over TLS takes its time. */
    private static final int WATCHES = Integer.getInteger("watches", 200);

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private static KubernetesClient client;
    private static SSLSocketFactory sockets;
    private static int port;
    private static String token;

    @BeforeAll
    static void start() throws GeneralSecurityException {
        client = ClientCluster.get().client();
        Config config = client.getConfiguration();
        port = client.getMasterUrl().getPort();
        token = config.getOauthToken();
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, Trusting.everything(), null);
        sockets = context.getSocketFactory();
        client.namespaces()
                .resource(new io.fabric8.kubernetes.api.model.NamespaceBuilder()
                        .withNewMetadata()
                        .withName(SPACE)
                        .endMetadata()
                        .build())
                .create();
        client.configMaps()
                .inNamespace(SPACE)
                .resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName("kept")
                        .endMetadata()
                        .addToData("k", "v")
                        .build())
                .create();
    }

    /** Requests are made of right and wrong parts at random; the seed makes a failure repeatable. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void no_request_breaks_the_server_or_changes_what_it_holds(long seed) throws IOException {
        String before = state();
        Requests requests = new Requests(new Random(seed), MAPS);
        for (int i = 0; i < 150; i++) {
            String request = requests.next();
            List<String> answer = send(request.replace("TOKEN", token));
            assertThat(answer).as("seed %d, request %d: %s", seed, i, request).satisfies(BadInputIT::isRefusal);
        }
        assertThat(state()).isEqualTo(before);
    }

    private static void isRefusal(List<? extends String> answer) {
        if (answer.isEmpty()) {
            return; // The connection was closed.
        }
        assertThat(answer.get(0)).matches("HTTP/\\d\\.\\d (4\\d\\d|50[014]).*");
        String body = answer.get(answer.size() - 1);
        if (body.startsWith("{")) {
            JsonNode status = Json.parse(body);
            assertThat(status.path("kind").asText()).isEqualTo("Status");
            assertThat(status.path("code").asText()).isEqualTo(answer.get(0).substring(9, 12));
            assertThat(status.path("message").asText()).isNotEmpty();
        }
    }

    @Test
    void a_body_beyond_the_limit_is_refused_and_one_that_never_comes_costs_nothing() throws IOException {
        String before = state();
        String huge = "{\"metadata\": {\"name\": \"huge\"}, \"data\": {\"k\": \"" + "x".repeat(3 << 20) + "\"}}";
        List<String> answer = send(head("POST", MAPS, huge.length()) + huge);
        assertThat(answer.get(0)).contains("413");
        assertThat(Json.parse(answer.get(answer.size() - 1)).path("reason").asText())
                .isEqualTo("RequestEntityTooLarge");
        List<Socket> cut = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            Socket socket = connect();
            socket.getOutputStream().write((head("POST", MAPS, 1_000) + "{\"metadata\"").getBytes(UTF_8));
            socket.getOutputStream().flush();
            cut.add(socket);
        }
        for (Socket socket : cut) {
            socket.close();
        }
        assertThat(state()).isEqualTo(before);
    }

    @Test
    void many_watches_see_a_change_each() throws IOException {
        List<Socket> watches = new ArrayList<>();
        try {
            for (int i = 0; i < WATCHES; i++) {
                Socket socket = connect();
                watches.add(socket);
                socket.getOutputStream()
                        .write(head("GET", MAPS + "?watch=true&labelSelector=seen", 0)
                                .getBytes(UTF_8));
                // What the server says first makes the next handshake cheaper, too.
                assertThat(line(socket)).contains("200 OK");
            }
            client.configMaps()
                    .inNamespace(SPACE)
                    .resource(new ConfigMapBuilder()
                            .withNewMetadata()
                            .withName("seen")
                            .addToLabels("seen", "by-all")
                            .endMetadata()
                            .build())
                    .create();
            for (Socket watch : watches) {
                String line = line(watch);
                while (!line.startsWith("{")) {
                    line = line(watch);
                }
                assertThat(line).startsWith("{\"type\":\"ADDED\"");
            }
        } finally {
            for (Socket watch : watches) {
                watch.close();
            }
            client.configMaps().inNamespace(SPACE).withName("seen").delete();
        }
    }

    @Test
    void without_the_token_there_is_no_answer_but_401() throws IOException {
        for (String credentials : List.of("", "Authorization: Bearer wrong\r\n", "Authorization: Basic eDp5\r\n")) {
            List<String> answer =
                    send("GET " + MAPS + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + credentials + "\r\n");
            assertThat(answer.get(0)).contains("401");
            assertThat(Json.parse(answer.get(answer.size() - 1)).path("reason").asText())
                    .isEqualTo("Unauthorized");
        }
    }

    @Test
    void only_the_loopback_interface_is_listened_on() throws IOException {
        for (NetworkInterface each : java.util.Collections.list(NetworkInterface.getNetworkInterfaces())) {
            for (InetAddress address : java.util.Collections.list(each.getInetAddresses())) {
                if (!address.isLoopbackAddress() && address instanceof java.net.Inet4Address) {
                    assertThat(isOpen(address))
                            .as("port %d of %s", port, address)
                            .isFalse();
                }
            }
        }
    }

    private static boolean isOpen(InetAddress address) {
        try (Socket socket = new Socket()) {
            socket.connect(new java.net.InetSocketAddress(address, port), 2_000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static String state() {
        // A request that was cut may still be on its way.
        await().atMost(LIMIT).until(() -> client.namespaces().withName(SPACE).get() != null);
        return client.configMaps().inNamespace(SPACE).list().getItems().stream()
                .map(map ->
                        map.getMetadata().getName() + "@" + map.getMetadata().getResourceVersion())
                .toList()
                .toString();
    }

    private static String head(String method, String path, int length) {
        return method + " " + path + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + token
                + "\r\nContent-Type: application/json\r\nContent-Length: " + length + "\r\n\r\n";
    }

    private static Socket connect() throws IOException {
        Socket socket = sockets.createSocket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(60_000);
        return socket;
    }

    private static String line(Socket socket) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = socket.getInputStream().read();
                c >= 0 && c != '\n';
                c = socket.getInputStream().read()) {
            line.append((char) c);
        }
        return line.toString();
    }

    /** Returns the lines of the answer, or none when the connection was closed without one. */
    private static List<String> send(String request) {
        try (Socket socket = connect()) {
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(UTF_8));
            out.flush();
            BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
            return answer(in);
        } catch (IOException e) {
            return List.of();
        }
    }

    private static List<String> answer(BufferedReader in) throws IOException {
        List<String> lines = new ArrayList<>();
        int length = 0;
        for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
            lines.add(line);
            if (line.regionMatches(true, 0, "Content-Length:", 0, 15)) {
                length = Integer.parseInt(line.substring(15).trim());
            }
        }
        StringBuilder body = new StringBuilder();
        while (body.toString().getBytes(UTF_8).length < length) {
            int c = in.read();
            if (c < 0) {
                break;
            }
            body.append((char) c);
        }
        if (!lines.isEmpty()) {
            lines.add(body.toString());
        }
        return lines;
    }
}
