package io.statefulkit.embedded;

import io.statefulkit.embedded.api.server.EventsGroup;
import io.statefulkit.embedded.api.server.StoreApi;
import io.statefulkit.embedded.control.Controllers;
import io.statefulkit.embedded.control.volume.SizedDirectory;
import io.statefulkit.embedded.http.Gateway;
import io.statefulkit.embedded.http.tls.Certificate;
import io.statefulkit.embedded.node.LoopbackBlock;
import io.statefulkit.embedded.node.NodeAgent;
import io.statefulkit.embedded.node.NodeOptions;
import io.statefulkit.embedded.node.process.Isolation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The running parts of a cluster.
 *
 * @param kubeconfig how clients reach it
 * @param kubeconfigFile where that is written
 * @param faults what breaks things
 * @param skipper moves the time of the cluster forward
 * @param shutdown what stops it all
 */
record Parts(Kubeconfig kubeconfig, Path kubeconfigFile, Faults faults, Consumer<Duration> skipper, Shutdown shutdown) {

    /** Starts all parts; when one of them fails, those before it are stopped again. */
    static Parts start(EmbeddedOptions options) {
        Shutdown shutdown = new Shutdown();
        try {
            return start(options, shutdown);
        } catch (IOException e) {
            throw failed(shutdown, new IllegalStateException("the embedded cluster cannot write its files: " + e, e));
        } catch (RuntimeException e) {
            throw failed(shutdown, e);
        }
    }

    private static Parts start(EmbeddedOptions options, Shutdown shutdown) throws IOException {
        ClusterClock clock = new ClusterClock(Clock.systemUTC());
        LoopbackBlock block = shutdown.add(LoopbackBlock.claim());
        Certificate certificate = Certificate.create(clock);
        StoreApi api = shutdown.add(new StoreApi(clock, block.network(), certificate.certificate()));
        ClusterNodes nodes = nodes(options, clock, block, api, shutdown);
        Path directory = nodes.first().directory();
        Path volumes = volumes(directory);
        boolean sized = options.sizedVolumes() && SizedDirectory.possible(volumes);
        Controllers controllers = shutdown.add(Controllers.start(api, clock, volumes, sized));
        String token = Kubeconfig.newToken();
        Gateway gateway =
                shutdown.add(Gateway.start(new EventsGroup(api), nodes, clock, token, options.port(), certificate));
        Kubeconfig kubeconfig = new Kubeconfig(gateway.url(), token, gateway.certificate());
        Path file = directory.resolve("kubeconfig");
        kubeconfig.write(file);
        Consumer<Duration> skipper = by -> {
            clock.skip(by);
            controllers.timeMoved();
        };
        return new Parts(
                kubeconfig,
                file,
                new Faults(nodes, controllers, gateway, new VolumeFaults(api, sized)),
                skipper,
                shutdown);
    }

    private static ClusterNodes nodes(
            EmbeddedOptions options, Clock clock, LoopbackBlock block, StoreApi api, Shutdown shutdown) {
        Isolation isolation = Machine.ISOLATION;
        Map<String, NodeAgent> nodes = new LinkedHashMap<>();
        for (int i = 0; i < options.nodes(); i++) {
            String name = ClusterNodes.name(i);
            LoopbackBlock own = i == 0 ? block : LoopbackBlock.claim();
            nodes.put(name, shutdown.add(NodeAgent.start(api, nodeOptions(name, options, clock, isolation), own)));
        }
        return new ClusterNodes(api, nodes);
    }

    private static NodeOptions nodeOptions(String name, EmbeddedOptions options, Clock clock, Isolation isolation) {
        return new NodeOptions(
                name,
                options.images(),
                clock,
                options.restartBackOff(),
                options.maxRestartBackOff(),
                isolation,
                options.nodeCapacity());
    }

    // Servers that run as another user pass through it to their volumes.
    private static Path volumes(Path directory) throws IOException {
        Path volumes = Files.createDirectory(directory.resolve("volumes"));
        return Files.setPosixFilePermissions(volumes, PosixFilePermissions.fromString("rwx--x--x"));
    }

    /** What this machine allows, tried when the first cluster of the JVM starts. */
    private static final class Machine {
        private static final Isolation ISOLATION = Isolation.probe();
    }

    /** Stops all parts because of a problem, and returns that. */
    RuntimeException failed(RuntimeException problem) {
        return failed(shutdown, problem);
    }

    private static RuntimeException failed(Shutdown shutdown, RuntimeException problem) {
        try {
            shutdown.close();
        } catch (RuntimeException e) {
            problem.addSuppressed(e);
        }
        return problem;
    }
}
