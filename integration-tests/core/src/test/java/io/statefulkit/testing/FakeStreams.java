package io.statefulkit.testing;

import io.statefulkit.embedded.api.ContainerStreams;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;

/** Leads to servers of the test instead of containers. */
public final class FakeStreams implements ContainerStreams {

    private final Map<String, InetSocketAddress> servers = new ConcurrentHashMap<>();
    private final List<String> dialled = new CopyOnWriteArrayList<>();
    private final BiFunction<ExecRequest, Output, Execution> command;

    public FakeStreams(BiFunction<ExecRequest, Output, Execution> command) {
        this.command = command;
    }

    public FakeStreams() {
        this((request, output) -> {
            throw new UnsupportedOperationException("this test runs no commands");
        });
    }

    public void serve(String pod, InetSocketAddress address) {
        servers.put(pod, address);
    }

    public List<String> dialled() {
        return dialled;
    }

    @Override
    public Execution exec(ExecRequest request, Output output) {
        return command.apply(request, output);
    }

    @Override
    public Execution attach(ExecRequest request, Output output) {
        throw new UnsupportedOperationException("this test attaches to nothing");
    }

    @Override
    public void requireRunning(String namespace, String pod, String container) {
        throw new UnsupportedOperationException("the tests need no check");
    }

    @Override
    public Execution logs(LogRequest request, Output output) {
        throw new UnsupportedOperationException("this test reads no logs");
    }

    @Override
    public InetSocketAddress address(String namespace, String pod, int port) {
        dialled.add(pod + ":" + port);
        InetSocketAddress address = servers.get(pod);
        if (address == null) {
            throw new IllegalArgumentException("no server of pod " + pod);
        }
        return address;
    }
}
