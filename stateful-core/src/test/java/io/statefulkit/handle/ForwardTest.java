package io.statefulkit.handle;

import java.util.List;

/** Connections that go through the API server. */
class ForwardTest extends ForwardContract {

    @Override
    void lead(String pod, EchoServer server) {
        streams.serve(pod, server.address());
    }

    @Override
    int port(EchoServer server) {
        return 5432;
    }

    @Override
    List<String> dialled(int port) {
        return List.of("db-0:" + port);
    }
}
