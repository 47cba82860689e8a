package io.statefulkit.manifest.render;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.statefulkit.spec.Names;
import io.statefulkit.spec.PodSettings;
import io.statefulkit.spec.Program.NamedPort;
import io.statefulkit.spec.StatefulMySql;
import io.statefulkit.spec.pod.UserIds;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The contract of the official MySQL and MariaDB images. */
final class MySqlEngine implements Engine {

    private static final String ROOT_PASSWORD = "root-password";
    /** Over TCP: during the first start a server without passwords listens on the socket only. */
    private static final String READY =
            "a=$(command -v mariadb-admin || command -v mysqladmin) || exit 69; exec \"$a\" --no-defaults ping -h"
                    + " 127.0.0.1 --protocol=tcp --connect-timeout=3";

    private final StatefulMySql spec;
    private final PodSettings pod;
    private final Login login;
    private final SqlFiles files;

    MySqlEngine(StatefulMySql spec) {
        this.spec = spec;
        this.pod = spec.settings().pod();
        Names names = Names.of(spec);
        this.login = new Login(spec.credentials(), "app", List.of(ROOT_PASSWORD), names);
        this.files = new SqlFiles(
                login, names, spec.settings().data().initScripts(), spec.mariaDb() ? "/run/mysqld" : "/var/run/mysqld");
    }

    private String app() {
        return spec.mariaDb() ? "mariadb" : "mysql";
    }

    private String variable(String name) {
        return (spec.mariaDb() ? "MARIADB_" : "MYSQL_") + name;
    }

    @Override
    public Server server() {
        return new Server(
                app(),
                app(),
                List.of(new NamedPort("mysql", 3306)),
                new UserIds(999, 999),
                List.of("docker-entrypoint.sh"),
                args(),
                env(),
                mounts(),
                files.volumes(),
                Server.Probing.shell(READY, READY),
                // the data directory has to be empty on the first start, so the lock lives beside it
                Optional.of("/var/lib/statefulkit/lock"),
                // InnoDB: other than a file with a process id, its lock is known to all containers of a node
                true,
                true,
                files.objects(Labels.of(spec.settings(), app())));
    }

    @Override
    public ClientKit clientKit() {
        return ClientKit.MYSQL;
    }

    @Override
    public List<EnvVar> client(String host) {
        return List.of(
                new EnvVar("MYSQL_HOST", host, null),
                login.user("MYSQL_CLIENT_USER"),
                login.passwordValue("MYSQL_PWD"),
                ConfigMaps.variable(
                        "MYSQL_CLIENT_DATABASE", spec.settings().data().database()));
    }

    @Override
    public String dumpToOutput() {
        String password = variable("PASSWORD");
        String program = spec.mariaDb() ? "mariadb-dump" : "mysqldump";
        return "sh -c 'MYSQL_PWD=\"${%s:-$(cat \"$%s_FILE\")}\" exec %s -u \"$%s\" --single-transaction --routines --events --triggers --no-tablespaces \"$%s\"'"
                .formatted(password, password, program, variable("USER"), variable("DATABASE"));
    }

    private List<String> args() {
        Map<String, String> options = new TreeMap<>();
        pod.resources()
                .memory()
                .ifPresent(memory ->
                        options.put("innodb-buffer-pool-size", Math.max(5, memory.mebibytes() * 6 / 10) + "M"));
        options.putAll(spec.settings().data().config());
        List<String> args = new ArrayList<>();
        args.add(spec.mariaDb() ? "mariadbd" : "mysqld");
        options.forEach((key, value) -> args.add("--" + key + "=" + value));
        return args;
    }

    private List<EnvVar> env() {
        List<EnvVar> env = new ArrayList<>();
        env.add(login.file(variable("ROOT_PASSWORD_FILE"), ROOT_PASSWORD));
        env.add(new EnvVar(variable("ROOT_HOST"), "localhost", null));
        env.add(ConfigMaps.variable(variable("DATABASE"), spec.settings().data().database()));
        env.add(login.user(variable("USER")));
        env.add(login.password(variable("PASSWORD")));
        return env;
    }

    private List<VolumeMount> mounts() {
        String data = Names.dataClaim(spec.settings().storage());
        List<VolumeMount> mounts = new ArrayList<>();
        mounts.add(Volumes.mount(data, "/var/lib/mysql", "mysql"));
        mounts.add(Volumes.mount(data, "/var/lib/statefulkit", ".statefulkit"));
        mounts.addAll(files.mounts());
        return mounts;
    }
}
