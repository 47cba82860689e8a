package io.statefulkit.cluster.k3s;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.testcontainers.containers.ContainerLaunchException;
import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;

/**
 * Waits until the API server says that it is ready, or until the container has ended. The container's own strategy looks for a line in
 * its log that comes from one network plugin.
 */
final class K3sReady extends AbstractWaitStrategy {

    @Override
    protected void waitUntilReady() {
        try {
            Awaitility.await()
                    .atMost(startupTimeout)
                    .pollInterval(Duration.ofMillis(300))
                    .ignoreExceptionsMatching(e -> !(e instanceof ContainerLaunchException))
                    .until(this::isReady);
        } catch (ConditionTimeoutException e) {
            throw new ContainerLaunchException(
                    "its API server was not ready within " + startupTimeout.toSeconds() + " s", e);
        }
    }

    private boolean isReady() throws Exception {
        if (!waitStrategyTarget.isRunning()) {
            throw new ContainerLaunchException("its container ended before the API server was ready");
        }
        return waitStrategyTarget
                        .execInContainer("kubectl", "get", "--raw=/readyz")
                        .getExitCode()
                == 0;
    }
}
