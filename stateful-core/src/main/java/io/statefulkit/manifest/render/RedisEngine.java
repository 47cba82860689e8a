package io.statefulkit.manifest.render;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.statefulkit.spec.Names;
import io.statefulkit.spec.PodSettings;
import io.statefulkit.spec.Program.NamedPort;
import io.statefulkit.spec.StatefulRedis;
import io.statefulkit.spec.pod.UserIds;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The contract of the official Redis and Valkey images. */
final class RedisEngine implements Engine {

    private static final String APP = "redis";
    private static final String DIRECTORY = "/etc/statefulkit/redis";
    private static final String FILE = "redis.conf";
    /** Puts the password into a file that only the server reads: arguments are visible to every process. */
    private static final String START = """
        umask 077
        p=${REDIS_PASSWORD:-$(cat "$REDIS_PASSWORD_FILE")} || exit 78
        printf 'requirepass "%s"\\n' "$(printf %s "$p" | sed 's/[\\\\"]/\\\\&/g')" >/tmp/auth.conf
        unset REDIS_PASSWORD p
        exec docker-entrypoint.sh "$@"
        """;

    private static final String PING =
            "export REDISCLI_AUTH=\"${REDIS_PASSWORD:-$(cat \"$REDIS_PASSWORD_FILE\")}\"; c=$(command -v"
                    + " %s); r=$(\"$c\" -h 127.0.0.1 ping 2>&1)";

    private final StatefulRedis spec;
    private final PodSettings pod;
    private final Login login;
    private final Names names;

    RedisEngine(StatefulRedis spec) {
        this.spec = spec;
        this.pod = spec.settings().pod();
        this.names = Names.of(spec);
        this.login = new Login(spec.credentials(), "default", List.of(), names);
    }

    private String program() {
        return pod.image().orElseThrow().shortName().contains("valkey") ? "valkey" : "redis";
    }

    @Override
    public Server server() {
        boolean alpine = pod.image().orElseThrow().alpine();
        // Some images of Valkey have its client under the old name only; images of Redis never have another one.
        String ping = PING.formatted(program().equals("valkey") ? "valkey-cli || command -v redis-cli" : "redis-cli");
        return new Server(
                APP,
                "redis",
                List.of(new NamedPort("redis", 6379)),
                new UserIds(999, alpine ? 1000 : 999),
                List.of("sh", "-c", START, "statefulkit-redis"),
                List.of(program() + "-server", DIRECTORY + "/" + FILE, "--dir", "/data", "--include", "/tmp/auth.conf"),
                List.of(login.password("REDIS_PASSWORD")),
                mounts(),
                volumes(),
                Server.Probing.shell(
                        ping + "; [ \"$r\" = PONG ]",
                        // a server that loads its file or refuses our password is there
                        ping + "; case $r in PONG|*LOADING*|*NOAUTH*|*WRONGPASS*|*MASTERDOWN*) ;; *) exit 1;; esac"),
                Optional.of("/data/.statefulkit.lock"),
                false,
                true,
                objects());
    }

    @Override
    public ClientKit clientKit() {
        return ClientKit.REDIS;
    }

    @Override
    public List<EnvVar> client(String host) {
        return List.of(new EnvVar("REDIS_HOST", host, null), login.passwordValue("REDISCLI_AUTH"));
    }

    private List<VolumeMount> mounts() {
        List<VolumeMount> mounts = new ArrayList<>();
        mounts.add(Volumes.mount(Names.dataClaim(spec.settings().storage()), "/data"));
        login.mount().ifPresent(mounts::add);
        mounts.add(Volumes.readOnly("config", DIRECTORY));
        mounts.add(Volumes.mount("tmp", "/tmp"));
        return mounts;
    }

    private List<Volume> volumes() {
        List<Volume> volumes = new ArrayList<>();
        login.volume().ifPresent(volumes::add);
        volumes.add(ConfigMaps.volume("config", names.configMap()));
        volumes.add(Volumes.empty("tmp"));
        return volumes;
    }

    @Override
    public Map<String, String> ownConfig() {
        return Map.of(FILE, text(ownOptions()));
    }

    private Map<String, String> ownOptions() {
        Map<String, String> options = new TreeMap<>();
        options.put("appendonly", "yes");
        options.put("appendfsync", "everysec");
        options.put("save", "3600 1 300 100 60 10000");
        options.put("maxmemory-policy", "noeviction");
        pod.resources().memory().ifPresent(memory -> options.put("maxmemory", memory.mebibytes() * 65 / 100 + "mb"));
        if (pod.image().orElseThrow().major().orElse(7) >= 7) {
            options.put("shutdown-timeout", "60");
        }
        return options;
    }

    private String config() {
        Map<String, String> options = ownOptions();
        options.putAll(spec.settings().data().config());
        return text(options);
    }

    private static String text(Map<String, String> options) {
        StringBuilder text = new StringBuilder();
        options.forEach(
                (key, value) -> text.append(key).append(' ').append(value).append('\n'));
        return text.toString();
    }

    private List<HasMetadata> objects() {
        Labels labels = Labels.of(spec.settings(), APP);
        List<HasMetadata> objects = new ArrayList<>();
        login.secret(labels).ifPresent(objects::add);
        objects.add(ConfigMaps.of(names.configMap(), labels, Map.of(FILE, config())));
        return objects;
    }
}
