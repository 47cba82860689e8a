package io.statefulkit.handle;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.statefulkit.handle.place.ContainerEnv;
import io.statefulkit.handle.place.LiveWorkload;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The variables with which the clients of an engine find their server and log in; passwords come from Secrets. */
final class ClientEnv {

    private ClientEnv() {}

    static List<EnvVar> of(Handle handle) {
        ContainerEnv env = new LiveWorkload(handle.place()).env(handle.container());
        String host = handle.name();
        if (handle instanceof PostgresHandle) {
            return Stream.of(
                            Optional.of(new EnvVar("PGHOST", host, null)),
                            env.renamed("POSTGRES_USER", "PGUSER")
                                    .or(() -> Optional.of(new EnvVar("PGUSER", "postgres", null))),
                            env.renamed("POSTGRES_PASSWORD", "PGPASSWORD"),
                            env.renamed("POSTGRES_DB", "PGDATABASE")
                                    .or(() -> env.renamed("POSTGRES_USER", "PGDATABASE")))
                    .flatMap(Optional::stream)
                    .toList();
        }
        if (handle instanceof RedisHandle) {
            return Stream.of(
                            Optional.of(new EnvVar("REDIS_HOST", host, null)),
                            env.renamed("REDIS_PASSWORD", "REDISCLI_AUTH"))
                    .flatMap(Optional::stream)
                    .toList();
        }
        if (handle instanceof MySqlHandle) {
            return Stream.of(
                            Optional.of(new EnvVar("MYSQL_HOST", host, null)),
                            either(env, "USER", "MYSQL_CLIENT_USER"),
                            either(env, "PASSWORD", "MYSQL_PWD"),
                            either(env, "DATABASE", "MYSQL_CLIENT_DATABASE"))
                    .flatMap(Optional::stream)
                    .toList();
        }
        return List.of();
    }

    private static Optional<EnvVar> either(ContainerEnv env, String name, String other) {
        return env.renamed("MARIADB_" + name, other).or(() -> env.renamed("MYSQL_" + name, other));
    }
}
