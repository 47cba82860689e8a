package io.statefulkit.embedded.image;

import io.statefulkit.embedded.image.SqlServer.Installed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * {@code mariadb} and {@code mysql}: the installed server, started as the official image starts it. Whatever version the tag
 * names, the installed one serves it; its log says so.
 */
final class SqlServerRecipe implements ImageRecipe {

    private static final List<String> CLIENTS = List.of(
            "mariadb",
            "mariadb-admin",
            "mariadb-dump",
            "mariadb-check",
            "mariadb-import",
            "mariadb-show",
            "mysql",
            "mysqladmin",
            "mysqldump",
            "mysqlcheck",
            "mysqlimport",
            "mysqlshow");

    private final SqlServer server;

    SqlServerRecipe(SqlServer server) {
        this.server = server;
    }

    @Override
    public Image resolve(ImageName name) throws ImageUnavailableException {
        Installed installed = server.find().orElseThrow(() -> missing(name));
        return Image.of(name.text(), List.of("docker-entrypoint.sh"), List.of(server.command()), List.of(scripts()))
                .asRoot()
                .withEnvironment(environment(name, installed))
                .withPrivatePaths(
                        "/var/lib/mysql",
                        "/run/mysqld",
                        "/docker-entrypoint-initdb.d",
                        "/etc/mysql/conf.d",
                        "/etc/mysql/mariadb.conf.d");
    }

    private ImageUnavailableException missing(ImageName name) {
        String what = "image \"" + name.text() + "\" needs an installed " + server.product() + " server ("
                + server.command() + "), which is not here";
        if (server == SqlServer.MARIADB) {
            return new ImageUnavailableException(
                    what + ". Install mariadb-server, or use a k3s cluster, which pulls images");
        }
        Optional<Installed> other = SqlServer.MARIADB.find();
        String offer = other.isPresent()
                ? "; MariaDB " + other.get().version() + " is: the image mariadb runs on it"
                : "; with mariadb-server installed, the image mariadb would do";
        return new ImageUnavailableException(
                what + offer + ". Install MySQL's server, or use a k3s cluster, which pulls images");
    }

    private static Path scripts() {
        List<String> files = new ArrayList<>(
                List.of("mariadb-entrypoint.sh", "docker-entrypoint.sh", "mariadb-healthcheck.sh", "healthcheck.sh"));
        for (String client : CLIENTS) {
            files.add("mariadb-client.sh");
            files.add(client);
        }
        return SupportFiles.directory("mariadb", files.toArray(String[]::new));
    }

    private Map<String, String> environment(ImageName name, Installed installed) {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("STATEFULKIT_FLAVOUR", server.name().toLowerCase(Locale.ROOT));
        variables.put("STATEFULKIT_SERVER", installed.program().toString());
        variables.put("STATEFULKIT_CLIENT", server.client());
        variables.put("STATEFULKIT_VERSION", installed.version());
        variables.put("STATEFULKIT_IMAGE", name.text());
        variables.put("STATEFULKIT_DATADIR", "/var/lib/mysql");
        variables.put("STATEFULKIT_SOCKETS", "/run/mysqld");
        variables.put("STATEFULKIT_INITDB", "/docker-entrypoint-initdb.d");
        variables.put("STATEFULKIT_CONFIGURATION", "/etc/mysql/conf.d");
        variables.put("STATEFULKIT_MORE_CONFIGURATION", "/etc/mysql/mariadb.conf.d");
        return variables;
    }
}
