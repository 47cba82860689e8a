package io.statefulkit.embedded.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.statefulkit.embedded.api.ContainerStreams;
import io.statefulkit.embedded.api.Failures;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Containers that echo what they are sent; {@code exit N} ends at once. */
final class FakeContainers implements ContainerStreams {

    final List<String> closed = new CopyOnWriteArrayList<>();
    final List<String> killed = new CopyOnWriteArrayList<>();
    volatile InetSocketAddress backend = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);

    @Override
    public Execution exec(ExecRequest request, Output output) {
        if (request.command().get(0).equals("refuse")) {
            throw Failures.badRequest("container c is not valid for pod p");
        }
        if (request.command().get(0).equals("stop")) {
            throw Failures.internal("container not found (\"c\")");
        }
        if (request.command().get(0).equals("exit")) {
            output.stdout("bye\n".getBytes(UTF_8));
            output.stderr("err\n".getBytes(UTF_8));
            output.exited(Integer.parseInt(request.command().get(1)));
        }
        return new Echo(output);
    }

    @Override
    public Execution attach(ExecRequest request, Output output) {
        return new Echo(output);
    }

    @Override
    public void requireRunning(String namespace, String pod, String container) {
        if (container.equals("stopped")) {
            throw Failures.internal("container not found (\"stopped\")");
        }
    }

    @Override
    public Execution logs(LogRequest request, Output output) {
        output.stdout(("log of " + request.container() + "\n").getBytes(UTF_8));
        if (!request.follow()) {
            output.exited(0);
        }
        return new Echo(output);
    }

    @Override
    public InetSocketAddress address(String namespace, String pod, int port) {
        return backend;
    }

    @Override
    public void kill(String namespace, String pod, String container) {
        killed.add(namespace + "/" + pod + "/" + container);
    }

    private final class Echo implements Execution {

        private final Output output;

        Echo(Output output) {
            this.output = output;
        }

        @Override
        public void stdin(byte[] bytes) {
            output.stdout(bytes);
        }

        @Override
        public void stdinClosed() {
            output.exited(0);
        }

        @Override
        public void resize(int columns, int rows) {
            output.stdout((columns + "x" + rows).getBytes(UTF_8));
        }

        @Override
        public void close() {
            closed.add("closed");
        }
    }
}
