package io.statefulkit.embedded;

import io.statefulkit.embedded.api.ContainerStreams;
import io.statefulkit.embedded.api.Failures;
import java.net.InetSocketAddress;

/** Stands where a node will be. */
final class NoNode implements ContainerStreams, Faults {

    @Override
    public Execution exec(ExecRequest request, Output output) {
        throw Failures.internal("there is no node");
    }

    @Override
    public Execution attach(ExecRequest request, Output output) {
        throw Failures.internal("there is no node");
    }

    @Override
    public Execution logs(LogRequest request, Output output) {
        throw Failures.internal("there is no node");
    }

    @Override
    public InetSocketAddress address(String namespace, String pod, int port) {
        throw Failures.internal("there is no node");
    }

    @Override
    public void kill(String namespace, String pod) {
        throw new IllegalArgumentException("there is no pod " + namespace + "/" + pod);
    }

    @Override
    public void kill(String namespace, String pod, String container) {
        kill(namespace, pod);
    }

    @Override
    public void freeze(String namespace, String pod, String container) {
        kill(namespace, pod);
    }

    @Override
    public void thaw(String namespace, String pod, String container) {
        kill(namespace, pod);
    }
}
