package io.statefulkit.embedded.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.statefulkit.embedded.http.RawRequest;
import io.statefulkit.embedded.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes to the port that is not a request of somebody who may make one; the rest is in {@code BadInputTest}. */
class BadInputIT {

    private static final String MAPS = "/api/v1/namespaces/default/configmaps";

    private static SSLSocketFactory sockets;
    private static int port;

    @BeforeAll
    static void start() throws GeneralSecurityException {
        port = ClientCluster.get().client().getMasterUrl().getPort();
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, Trusting.everything(), null);
        sockets = context.getSocketFactory();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\nHost: x\r\n\r\n",
                "\u0016\u0003\u0001\u0002\u0000\u0001",
                "\u0000\u00ff\u0000\u00ff"
            })
    void what_is_no_tls_harms_nobody(String bytes) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
            socket.getOutputStream().flush();
            socket.shutdownOutput();
        }
        assertThat(ClientCluster.get().client().namespaces().withName("default").get())
                .isNotNull();
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

    private static Socket connect() throws IOException {
        Socket socket = sockets.createSocket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(60_000);
        return socket;
    }

    /** Returns the lines of the answer, or none when the connection was closed without one. */
    private static List<String> send(String request) {
        try (Socket socket = connect()) {
            return RawRequest.send(socket, request);
        } catch (IOException e) {
            return List.of();
        }
    }
}
