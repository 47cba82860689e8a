package io.statefulkit.junit;

import io.statefulkit.StatefulKit;
import io.statefulkit.handle.Handle;
import io.statefulkit.spec.StatefulMySql;
import io.statefulkit.spec.StatefulPostgres;
import io.statefulkit.spec.StatefulRedis;
import io.statefulkit.spec.StatefulSpec;
import io.statefulkit.spec.StatefulWorkload;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/** The workloads that tests of one namespace share. Thread-safe. */
final class Deployments {

    private final Function<StatefulSpec, Handle> deployer;
    private final Map<String, CompletableFuture<Handle>> handles = new ConcurrentHashMap<>();

    Deployments(Function<StatefulSpec, Handle> deployer) {
        this.deployer = deployer;
    }

    /** Deploys with this kit. */
    static Deployments by(StatefulKit kit, StepLog steps) {
        return new Deployments(spec -> {
            steps.add("deploys " + spec.name());
            Handle handle = deploy(kit, spec);
            steps.add(spec.name() + " is ready");
            return handle;
        });
    }

    /**
     * Returns the handle of a workload, which is deployed if nobody asked for it before. A deployment that failed is not tried again.
     *
     * @throws ExtensionConfigurationException when the workload is of another kind than the one that is asked for
     */
    Object handle(SpecSource source, Class<?> type) {
        CompletableFuture<Handle> mine = new CompletableFuture<>();
        CompletableFuture<Handle> first = handles.putIfAbsent(source.name(), mine);
        if (first == null) {
            first = mine;
            deploy(source, mine);
        }
        Handle handle = joined(first);
        if (!type.isInstance(handle)) {
            throw new ExtensionConfigurationException(
                    "@Deployed(\"" + source.member().getName() + "\") gives a "
                            + handle.getClass().getSimpleName() + ", which is no " + type.getSimpleName());
        }
        return handle;
    }

    private void deploy(SpecSource source, CompletableFuture<Handle> deployed) {
        try {
            deployed.complete(deployer.apply(source.spec()));
        } catch (RuntimeException | Error e) {
            deployed.completeExceptionally(e);
        }
    }

    /** The error of the deployment itself: its message says what is wrong with the workload. */
    private static Handle joined(CompletableFuture<Handle> deployed) {
        try {
            return deployed.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw e;
        }
    }

    private static Handle deploy(StatefulKit kit, StatefulSpec spec) {
        if (spec instanceof StatefulPostgres postgres) {
            return kit.deploy(postgres);
        }
        if (spec instanceof StatefulRedis redis) {
            return kit.deploy(redis);
        }
        if (spec instanceof StatefulMySql mySql) {
            return kit.deploy(mySql);
        }
        return kit.deploy((StatefulWorkload) spec);
    }
}
