package io.statefulkit.survival;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.statefulkit.deploy.WorkloadRef;
import io.statefulkit.handle.Handle;
import io.statefulkit.handle.MySqlHandle;
import io.statefulkit.handle.PostgresHandle;
import io.statefulkit.handle.RedisHandle;
import io.statefulkit.handle.connection.Forward;
import io.statefulkit.handle.connection.JdbcForward;
import io.statefulkit.survival.disruption.power.UnmetNeedException;
import io.statefulkit.survival.ledger.FileStore;
import io.statefulkit.survival.ledger.Hazard;
import io.statefulkit.survival.ledger.JdbcStore;
import io.statefulkit.survival.ledger.RedisStore;
import io.statefulkit.survival.ledger.Store;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was deployed by its specification. While no pod is ready, a connection is refused at once: then writers see when one is again as exactly as
 * they try, and not as patiently as a connection waits.
 *
 * @param handle the workload
 * @param way opens the way to its data
 * @param mount asks the server where its data is, and its container what is mounted there; fails when that is no claim
 */
record HandleSubject(Handle handle, Supplier<Connections> way, Runnable mount) implements Subject {

    private static final Logger LOG = LoggerFactory.getLogger(HandleSubject.class);

    /** The same database, with accounts beside the rows. */
    static Subject keepingAccounts(Subject plain) {
        return new Subject() {
            @Override
            public KubernetesClient client() {
                return plain.client();
            }

            @Override
            public String namespace() {
                return plain.namespace();
            }

            @Override
            public String name() {
                return plain.name();
            }

            @Override
            public WorkloadRef.Kind kind() {
                return plain.kind();
            }

            @Override
            public Optional<String> container() {
                return plain.container();
            }

            @Override
            public List<Hazard> hazards() {
                return plain.hazards();
            }

            @Override
            public Connections connect() {
                Connections connections = plain.connect();
                return new Way(run -> withAccounts(connections.store(run)), connections::close);
            }
        };
    }

    private static Store withAccounts(Store store) {
        if (store instanceof JdbcStore jdbc) {
            return jdbc.keepingAccounts();
        }
        throw new UnmetNeedException("accounts are kept in databases that are reached by JDBC only");
    }

    static HandleSubject of(PostgresHandle handle) {
        return new HandleSubject(
                handle,
                () -> {
                    JdbcForward forward = handle.forwardJdbc(Duration.ZERO);
                    return new Way(run -> JdbcStore.postgres(forward.dataSource(), run), forward::close);
                },
                handle::dataMount);
    }

    static HandleSubject of(MySqlHandle handle) {
        return new HandleSubject(
                handle,
                () -> {
                    JdbcForward forward = handle.forwardJdbc(Duration.ZERO);
                    return new Way(run -> JdbcStore.mySql(forward.dataSource(), run), forward::close);
                },
                handle::dataMount);
    }

    static HandleSubject of(RedisHandle handle) {
        return new HandleSubject(
                handle,
                () -> {
                    Forward forward = handle.forward(Duration.ZERO);
                    String password = handle.login().password();
                    return new Way(run -> new RedisStore(forward.address(), () -> password, run), forward::close);
                },
                handle::dataMount);
    }

    static HandleSubject ofFiles(Handle handle, String directory) {
        return of(handle, run -> new FileStore(new HandleCommands(handle), directory, run));
    }

    static HandleSubject of(Handle handle, Function<String, Store> stores) {
        return new HandleSubject(handle, () -> new Way(stores, () -> {}), () -> {});
    }

    @Override
    public KubernetesClient client() {
        return handle.place().client();
    }

    @Override
    public String namespace() {
        return handle.namespace();
    }

    @Override
    public String name() {
        return handle.name();
    }

    @Override
    public WorkloadRef.Kind kind() {
        return handle.place().ref().kind();
    }

    @Override
    public Optional<String> container() {
        return Optional.of(handle.container());
    }

    /** Data that is on no claim survives what happens to a container, and nothing that happens to its pod. */
    @Override
    public List<Hazard> hazards() {
        return hazardsOf(mount);
    }

    static List<Hazard> hazardsOf(Runnable mount) {
        try {
            mount.run();
            return List.of();
        } catch (IllegalStateException e) {
            return List.of(Hazard.always(String.valueOf(e.getMessage())));
        } catch (RuntimeException e) {
            LOG.debug("nobody says where the data is", e);
            return List.of();
        }
    }

    @Override
    public Connections connect() {
        return way.get();
    }

    private record Way(Function<String, Store> stores, Runnable end) implements Connections {

        @Override
        public Store store(String run) {
            return stores.apply(run);
        }

        @Override
        public void close() {
            end.run();
        }
    }
}
