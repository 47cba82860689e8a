package io.statefulkit.manifest.render;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.statefulkit.spec.Names;
import io.statefulkit.spec.PodSettings;
import io.statefulkit.spec.Program.NamedPort;
import io.statefulkit.spec.StatefulPostgres;
import io.statefulkit.spec.pod.UserIds;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The contract of the official PostgreSQL image. */
final class PostgresEngine implements Engine {

    private static final String APP = "postgresql";
    private static final String INITDB =
            "--auth-host=scram-sha-256 --auth-local=trust --data-checksums --encoding=UTF8";
    private static final String READY = "pg_isready -q -h 127.0.0.1 -p 5432 -U \"$POSTGRES_USER\"";
    private static final String BUILTIN_LOCALE = " --locale-provider=builtin --locale=C.UTF-8";
    private static final int FIRST_WITH_BUILTIN_LOCALE = 17;
    private static final int LAST_MINOR_THAT_WAITS = 3;
    private static final String APP_PASSWORD = "app-password";
    /** Runs as the superuser on the first start; reads the password from a file, so that it is in no argument. */
    private static final String APP_USER_SCRIPT = """
        psql -X -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" <<'SQL'
        \\set app `echo "$STATEFULKIT_APP_USER"`
        \\set password `cat "$STATEFULKIT_APP_PASSWORD_FILE"`
        \\set database `echo "$POSTGRES_DB"`
        CREATE ROLE :"app" LOGIN PASSWORD :'password';
        ALTER DATABASE :"database" OWNER TO :"app";
        SQL
        """;

    private final StatefulPostgres spec;
    private final PodSettings pod;
    private final PostgresLayout layout;
    private final Login login;
    private final SqlFiles files;

    PostgresEngine(StatefulPostgres spec) {
        this.spec = spec;
        this.pod = spec.settings().pod();
        this.layout = PostgresLayout.of(pod.image().orElseThrow());
        Names names = Names.of(spec);
        this.login = new Login(
                spec.credentials(), "postgres", appUser().isPresent() ? List.of(APP_PASSWORD) : List.of(), names);
        this.files = new SqlFiles(login, names, initScripts(spec), "/var/run/postgresql");
    }

    @Override
    public Server server() {
        return new Server(
                APP,
                "postgres",
                List.of(new NamedPort("postgres", 5432)),
                pod.image().orElseThrow().alpine() ? new UserIds(70, 70) : new UserIds(999, 999),
                List.of("docker-entrypoint.sh"),
                args(),
                env(),
                mounts(),
                volumes(),
                // exit code 1 means starting up or recovering: not ready, but alive
                Server.Probing.shell("exec " + READY, READY + "; [ $? -lt 2 ]"),
                Optional.of(layout.mount() + "/.statefulkit.lock"),
                false,
                true,
                files.objects(Labels.of(spec.settings(), APP)));
    }

    @Override
    public ClientKit clientKit() {
        return ClientKit.POSTGRES;
    }

    @Override
    public List<EnvVar> client(String host) {
        return List.of(
                new EnvVar("PGHOST", host, null),
                login.user("PGUSER"),
                login.passwordValue("PGPASSWORD"),
                ConfigMaps.variable("PGDATABASE", spec.settings().data().database()));
    }

    /**
     * Images of before September 2020 stop with SIGTERM, on which PostgreSQL waits until its last client has gone. So the
     * fast stop is asked for by hand there, and given up shortly before the grace is over.
     */
    @Override
    public List<String> beforeStop() {
        boolean waitsForClients = layout.major() < 12 || (layout.major() == 12 && minor() <= LAST_MINOR_THAT_WAITS);
        long seconds = Math.max(1, pod.grace().toSeconds() - 10);
        return waitsForClients
                ? List.of("sh", "-c", "exec pg_ctl stop -D \"$PGDATA\" -m fast -w -t " + seconds)
                : List.of();
    }

    @Override
    public String dumpToOutput() {
        return "sh -c 'exec pg_dump -U \"$POSTGRES_USER\" --format=custom \"$POSTGRES_DB\"'";
    }

    private int minor() {
        return pod.image().orElseThrow().minor().orElse(Integer.MAX_VALUE);
    }

    private Optional<String> appUser() {
        return spec.settings().data().appUser();
    }

    private List<String> args() {
        Map<String, String> options = new TreeMap<>();
        pod.resources().memory().ifPresent(memory -> {
            options.put("shared_buffers", Math.max(1, memory.mebibytes() / 4) + "MB");
            options.put("max_connections", "100");
        });
        if (layout.major() < 14) {
            options.put("password_encryption", "scram-sha-256");
        }
        options.putAll(spec.settings().data().config());
        List<String> args = new ArrayList<>(List.of("postgres"));
        options.forEach((key, value) -> args.addAll(List.of("-c", key + "=" + value)));
        return List.copyOf(args);
    }

    private List<EnvVar> env() {
        List<EnvVar> env = new ArrayList<>();
        env.add(new EnvVar("PGDATA", layout.pgdata(), null));
        env.add(login.user("POSTGRES_USER"));
        env.add(login.password("POSTGRES_PASSWORD"));
        env.add(ConfigMaps.variable("POSTGRES_DB", spec.settings().data().database()));
        env.add(new EnvVar("POSTGRES_INITDB_ARGS", initdb(), null));
        appUser().ifPresent(user -> {
            env.add(new EnvVar("STATEFULKIT_APP_USER", user, null));
            env.add(login.file("STATEFULKIT_APP_PASSWORD_FILE", APP_PASSWORD));
        });
        return env;
    }

    private String initdb() {
        if (!spec.settings().data().builtinLocale()) {
            return INITDB;
        }
        if (layout.major() < FIRST_WITH_BUILTIN_LOCALE) {
            throw new IllegalArgumentException(
                    "withBuiltinLocale of '%s' needs PostgreSQL %d or newer but the image is %s"
                            .formatted(
                                    spec.name(),
                                    FIRST_WITH_BUILTIN_LOCALE,
                                    pod.image().orElseThrow()));
        }
        return INITDB + BUILTIN_LOCALE;
    }

    private List<VolumeMount> mounts() {
        List<VolumeMount> mounts = new ArrayList<>();
        mounts.add(Volumes.mount(Names.dataClaim(spec.settings().storage()), layout.mount()));
        mounts.addAll(files.mounts());
        mounts.add(Volumes.mount("shm", "/dev/shm"));
        return mounts;
    }

    private List<Volume> volumes() {
        List<Volume> volumes = files.volumes();
        volumes.add(Volumes.memory("shm", pod, "256Mi"));
        return volumes;
    }

    private static Map<String, String> initScripts(StatefulPostgres spec) {
        Map<String, String> scripts = new TreeMap<>(spec.settings().data().initScripts());
        if (spec.settings().data().appUser().isPresent()) {
            scripts.put("00-app-user.sh", APP_USER_SCRIPT);
        }
        return scripts;
    }
}
