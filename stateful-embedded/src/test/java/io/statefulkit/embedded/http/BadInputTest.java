package io.statefulkit.embedded.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.management.UnixOperatingSystemMXBean;
import io.statefulkit.embedded.api.ContainerStreams;
import io.statefulkit.embedded.api.Failures;
import io.statefulkit.embedded.api.ListOptions;
import io.statefulkit.embedded.api.ResourceCatalog;
import io.statefulkit.embedded.api.WriteOptions;
import io.statefulkit.embedded.api.server.StoreApi;
import io.statefulkit.embedded.json.Json;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a client sends: the answer is a Status or the end of the connection, and nothing else changes. */
class BadInputTest {

    private static final String SPACE = "bad-input";
    private static final String MAPS = "/api/v1/namespaces/" + SPACE + "/configmaps";
    private static final int WATCHES = 2_000;
    private static final WriteOptions ME = WriteOptions.by("test");

    private final StoreApi api = new StoreApi(Clock.systemUTC());
    private final Gateway gateway = Gateway.startInTheClear(api, noContainers(), Clock.systemUTC(), "secret");

    @BeforeEach
    void fill() {
        api.create(ResourceCatalog.NAMESPACES, "", named(SPACE), ME);
        api.create(ResourceCatalog.CONFIG_MAPS, SPACE, named("kept"), ME);
    }

    @AfterEach
    void close() {
        gateway.close();
        api.close();
    }

    /** Requests are made of right and wrong parts at random; the seed makes a failure repeatable. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void no_request_breaks_the_server_or_changes_what_it_holds(long seed) {
        String before = state();
        Requests requests = new Requests(new Random(seed), MAPS);
        for (int i = 0; i < 300; i++) {
            String request = requests.next();
            List<String> answer = send(request.replace("TOKEN", "secret"));
            assertThat(answer).as("seed %d, request %d: %s", seed, i, request).satisfies(BadInputTest::isRefusal);
        }
        assertThat(state()).isEqualTo(before);
        assertThat(send(head("GET", MAPS + "/kept", 0)).get(0))
                .as("it lives on")
                .contains("200 OK");
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
        for (int i = 0; i < 50; i++) {
            try (Socket socket = connect()) {
                write(socket, head("POST", MAPS, 1_000) + "{\"metadata\"");
            }
        }
        assertThat(state()).isEqualTo(before);
        assertThat(send(head("GET", MAPS + "/kept", 0)).get(0))
                .as("it lives on")
                .contains("200 OK");
    }

    @Test
    void two_thousand_watches_see_a_change_each_and_others_are_answered_meanwhile() throws IOException {
        assumeThat(freeDescriptors()).as("descriptors for both ends").isGreaterThan(3L * WATCHES);
        List<Socket> watches = new ArrayList<>();
        List<InputStream> answers = new ArrayList<>();
        try {
            for (int i = 0; i < WATCHES; i++) {
                Socket socket = connect();
                watches.add(socket);
                answers.add(new BufferedInputStream(socket.getInputStream(), 1024));
                write(socket, head("GET", MAPS + "?watch=true&labelSelector=seen", 0));
            }
            for (InputStream answer : answers) {
                assertThat(line(answer)).contains("200 OK");
            }
            ObjectNode seen = named("seen");
            seen.withObject("/metadata/labels").put("seen", "by-all");
            api.create(ResourceCatalog.CONFIG_MAPS, SPACE, seen, ME);
            assertThat(send(head("GET", MAPS + "/kept", 0)).get(0)).contains("200 OK");
            for (InputStream answer : answers) {
                String line = line(answer);
                while (!line.startsWith("{")) {
                    line = line(answer);
                }
                assertThat(line).startsWith("{\"type\":\"ADDED\"");
            }
        } finally {
            for (Socket watch : watches) {
                watch.close();
            }
        }
    }

    private static ContainerStreams noContainers() {
        return (ContainerStreams) Proxy.newProxyInstance(
                BadInputTest.class.getClassLoader(),
                new Class<?>[] {ContainerStreams.class},
                (self, method, arguments) -> {
                    throw Failures.notFound(ResourceCatalog.PODS, "none");
                });
    }

    private static long freeDescriptors() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getMaxFileDescriptorCount() - unix.getOpenFileDescriptorCount()
                : 0;
    }

    private String state() {
        return api.list(ResourceCatalog.CONFIG_MAPS, SPACE, ListOptions.ALL)
                .items()
                .toString();
    }

    private static ObjectNode named(String name) {
        ObjectNode object = Json.object();
        object.putObject("metadata").put("name", name);
        return object;
    }

    private static String head(String method, String path, int length) {
        return method + " " + path + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer secret\r\n"
                + "Content-Type: application/json\r\nContent-Length: " + length + "\r\n\r\n";
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port());
        socket.setSoTimeout(60_000);
        return socket;
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(UTF_8));
        socket.getOutputStream().flush();
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            line.append((char) c);
        }
        return line.toString();
    }

    /** Returns the lines of the answer, or none when the connection was closed without one. */
    private List<String> send(String request) {
        try (Socket socket = connect()) {
            return RawRequest.send(socket, request);
        } catch (IOException e) {
            return List.of();
        }
    }
}
