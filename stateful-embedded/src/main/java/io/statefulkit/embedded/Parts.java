package io.statefulkit.embedded;

import io.statefulkit.embedded.api.StoreApi;
import io.statefulkit.embedded.control.Controllers;
import io.statefulkit.embedded.http.Gateway;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;

/**
 * The running parts of a cluster.
 *
 * @param kubeconfig how clients reach it
 * @param kubeconfigFile where that is written
 * @param faults what breaks things
 * @param shutdown what stops it all
 */
record Parts(Kubeconfig kubeconfig, Path kubeconfigFile, Faults faults, Shutdown shutdown) {

    /** Starts all parts; when one of them fails, those before it are stopped again. */
    static Parts start(EmbeddedOptions options) {
        Shutdown shutdown = new Shutdown();
        try {
            return start(options, shutdown);
        } catch (IOException e) {
            throw failed(
                    shutdown, new IllegalStateException("the embedded cluster cannot write its kubeconfig: " + e, e));
        } catch (RuntimeException e) {
            throw failed(shutdown, e);
        }
    }

    private static Parts start(EmbeddedOptions options, Shutdown shutdown) throws IOException {
        Clock clock = Clock.systemUTC();
        ClusterHome home = shutdown.add(ClusterHome.create(options.directory()));
        StoreApi api = shutdown.add(new StoreApi(clock));
        shutdown.add(Controllers.start(api, clock, home.directory("volumes")));
        NoNode node = new NoNode();
        String token = Kubeconfig.newToken();
        Gateway gateway = shutdown.add(Gateway.start(api, node, clock, token, options.port()));
        Kubeconfig kubeconfig = new Kubeconfig(gateway.url(), token, gateway.certificate());
        Path file = home.root().resolve("kubeconfig");
        kubeconfig.write(file);
        return new Parts(kubeconfig, file, node, shutdown);
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
