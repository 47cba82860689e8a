package io.statefulkit.handle;

import java.util.List;

/** Connections to pods of this machine, over their own address. */
class DirectForwardTest extends ForwardContract {

    @Override
    void lead(String pod, EchoServer server) {
        cluster.placeOnThisMachine(pod, server.address().getAddress().getHostAddress());
    }

    @Override
    int port(EchoServer server) {
        return server.address().getPort();
    }

    @Override
    List<String> dialled(int port) {
        return List.of();
    }
}
