package io.statefulkit.manifest.render;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.statefulkit.spec.Names;
import io.statefulkit.spec.PodSettings;
import io.statefulkit.spec.StatefulPostgres;
import io.statefulkit.spec.pod.UserIds;
import java.util.ArrayList;
import java.util.List;

/** The contract of the official PostgreSQL image. */
final class PostgresServer {

    private static final String APP = "postgresql";
    private static final String INITDB =
            "--auth-host=scram-sha-256 --auth-local=trust --data-checksums --encoding=UTF8";
    private static final String READY = "pg_isready -q -h 127.0.0.1 -p 5432 -U \"$POSTGRES_USER\"";

    private final StatefulPostgres spec;
    private final PodSettings pod;
    private final PostgresLayout layout;
    private final Login login;

    private PostgresServer(StatefulPostgres spec) {
        this.spec = spec;
        this.pod = spec.settings().pod();
        this.layout = PostgresLayout.of(pod.image().orElseThrow());
        this.login = Login.of(spec.credentials(), "postgres", Names.of(spec));
    }

    static Server of(StatefulPostgres spec) {
        PostgresServer server = new PostgresServer(spec);
        return new Server(
                APP,
                "postgres",
                new Server.Port("postgres", 5432),
                server.ids(),
                List.of("docker-entrypoint.sh"),
                server.args(),
                server.env(),
                server.mounts(),
                server.volumes(),
                // exit code 1 means starting up or recovering: not ready, but alive
                new Server.ProbeCommands("exec " + READY, READY + "; [ $? -lt 2 ]"),
                server.layout.mount() + "/.statefulkit.lock",
                server.objects());
    }

    private UserIds ids() {
        return pod.image().orElseThrow().alpine() ? new UserIds(70, 70) : new UserIds(999, 999);
    }

    private List<String> args() {
        List<String> args = new ArrayList<>(List.of("postgres"));
        pod.resources().memory().ifPresent(memory -> {
            args.addAll(List.of("-c", "shared_buffers=" + Math.max(1, memory.mebibytes() / 4) + "MB"));
            args.addAll(List.of("-c", "max_connections=100"));
        });
        if (layout.major() < 14) {
            args.addAll(List.of("-c", "password_encryption=scram-sha-256"));
        }
        return List.copyOf(args);
    }

    private List<EnvVar> env() {
        List<EnvVar> env = new ArrayList<>();
        env.add(new EnvVar("PGDATA", layout.pgdata(), null));
        env.add(login.user("POSTGRES_USER"));
        env.add(login.password("POSTGRES_PASSWORD"));
        env.add(new EnvVar("POSTGRES_DB", spec.database(), null));
        env.add(new EnvVar("POSTGRES_INITDB_ARGS", INITDB, null));
        return env;
    }

    private List<VolumeMount> mounts() {
        List<VolumeMount> mounts = new ArrayList<>();
        mounts.add(Volumes.mount(Names.dataClaim(spec.settings().storage()), layout.mount()));
        login.mount().ifPresent(mounts::add);
        mounts.add(Volumes.mount("run", "/var/run/postgresql"));
        mounts.add(Volumes.mount("tmp", "/tmp"));
        mounts.add(Volumes.mount("shm", "/dev/shm"));
        return mounts;
    }

    private List<Volume> volumes() {
        List<Volume> volumes = new ArrayList<>();
        login.volume().ifPresent(volumes::add);
        volumes.add(Volumes.empty("run"));
        volumes.add(Volumes.empty("tmp"));
        volumes.add(Volumes.memory("shm", "256Mi"));
        return volumes;
    }

    private List<HasMetadata> objects() {
        List<HasMetadata> objects = new ArrayList<>();
        login.secret(Labels.of(spec.settings(), APP)).ifPresent(objects::add);
        return objects;
    }
}
