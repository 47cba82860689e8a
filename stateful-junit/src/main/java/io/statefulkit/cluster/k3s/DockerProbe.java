package io.statefulkit.cluster.k3s;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks, within a limit, whether a Docker engine works and has or can get what is needed. Testcontainers, asked the same, pulls an image of
 * its own and tries to for minutes where there is no network.
 *
 * @param environment the variables that say where the engine is
 * @param places where else it may be
 * @param limit how long each answer may take
 */
record DockerProbe(Map<String, String> environment, List<Path> places, Duration limit) {

    private static final Logger LOG = LoggerFactory.getLogger(DockerProbe.class);
    private static final String HOST = "DOCKER_HOST";
    private static final String TLS = "DOCKER_TLS_VERIFY";
    private static final int PATIENTLY = 8;
    private static final String REAPER = "testcontainers/ryuk";

    /** For the engine that this JVM would use; each answer within 4 seconds. */
    static DockerProbe ofThisJvm() {
        Path home = Path.of(System.getProperty("user.home", "."));
        Map<String, String> environment = configured(home.resolve(".testcontainers.properties"), System.getenv());
        Stream<Path> ofUser = Optional.ofNullable(environment.get("XDG_RUNTIME_DIR")).stream()
                .map(directory -> Path.of(directory, "docker.sock"));
        List<Path> usual = Stream.concat(
                        Stream.concat(Stream.of(Path.of("/var/run/docker.sock")), ofUser),
                        Stream.of(home.resolve(".docker/run/docker.sock"), home.resolve(".docker/desktop/docker.sock")))
                .toList();
        return new DockerProbe(environment, usual, Duration.ofSeconds(4));
    }

    /** The same for who wants this engine and no other cluster: a registry may be far away, and its answers slow. */
    DockerProbe patiently() {
        return new DockerProbe(environment, places, limit.multipliedBy(PATIENTLY));
    }

    /** The environment, and what Testcontainers is told besides: a host of its own wins over all, and the environment over the rest. */
    static Map<String, String> configured(Path file, Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(environment);
        all.values().removeIf(String::isBlank);
        Properties properties = read(file);
        Map.of("docker.host", HOST, "docker.tls.verify", TLS)
                .forEach((key, variable) -> Optional.ofNullable(properties.getProperty(key))
                        .ifPresent(value -> all.putIfAbsent(variable, value)));
        Optional.ofNullable(properties.getProperty("tc.host")).ifPresent(host -> all.put(HOST, host));
        return Map.copyOf(all);
    }

    private static Properties read(Path file) {
        Properties properties = new Properties();
        try (InputStream in = Files.newInputStream(file)) {
            properties.load(in);
        } catch (IOException e) {
            LOG.debug("Testcontainers is told nothing by {}", file, e);
        }
        return properties;
    }

    /**
     * Why an engine that is there does not do. Nothing, too, where none is found, or one that can be asked in other ways only: then whoever
     * knows more ways must be asked.
     *
     * @param images the images that are needed, asked for when the engine answers
     */
    Optional<String> obstacle(Supplier<List<String>> images) {
        return answer(images).orElse(Optional.empty());
    }

    /** The same where nobody else is asked, as that takes its time. */
    Optional<String> glance(Supplier<List<String>> images) {
        return answer(images)
                .orElse(Optional.of("no Docker engine answers where there usually is one; tests ask Testcontainers too,"
                        + " which looks at other places, for longer"));
    }

    /** What an engine says; nothing when none could be asked. */
    private Optional<Optional<String>> answer(Supplier<List<String>> images) {
        String host = environment.getOrDefault(HOST, "").strip();
        if (host.isEmpty()) {
            return usual(images);
        }
        boolean isPlain = host.startsWith("unix://") || (host.startsWith("tcp://") && !environment.containsKey(TLS));
        if (!isPlain) {
            return Optional.empty();
        }
        URI engine = URI.create(host);
        try {
            return Optional.of(obstacle(engine, images));
        } catch (IOException e) {
            return Optional.of(Optional.of("no Docker engine answers at " + engine + ": " + e.getMessage()));
        }
    }

    /** A socket that nobody listens at, or that only others may use, is followed by the next. */
    private Optional<Optional<String>> usual(Supplier<List<String>> images) {
        for (Path socket : places) {
            if (Files.exists(socket)) {
                try {
                    return Optional.of(obstacle(URI.create("unix://" + socket), images));
                } catch (IOException e) {
                    LOG.debug("no Docker engine answers at {}", socket, e);
                }
            }
        }
        return Optional.empty();
    }

    private Optional<String> obstacle(URI engine, Supplier<List<String>> images) throws IOException {
        String who = "the Docker engine at " + engine;
        EngineSocket socket = new EngineSocket(engine);
        try {
            int status = socket.get("/_ping", limit).status();
            if (status != 200) {
                return Optional.of(who + " answers with " + status);
            }
        } catch (TimeoutException e) {
            return Optional.of(who + " does not answer within " + seconds());
        }
        return images.get().stream()
                .map(image -> missing(socket, image).map(why -> who + " answers, but has no image " + image + why))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** What Testcontainers starts besides, unless it is told not to. */
    Optional<String> reaper() {
        return Boolean.parseBoolean(environment.get("TESTCONTAINERS_RYUK_DISABLED"))
                ? Optional.empty()
                : Optional.of(REAPER);
    }

    /** Why an image can be neither used nor pulled. */
    private Optional<String> missing(EngineSocket socket, String image) {
        try {
            if (isThere(socket, image)) {
                return Optional.empty();
            }
            String tagged = image.substring(image.lastIndexOf('/') + 1).contains(":") ? image : image + ":latest";
            EngineSocket.Answer registry = socket.get("/distribution/" + tagged + "/json", limit);
            // Other answers are for who logs in, and for engines that know no such question.
            return registry.status() >= 500
                    ? Optional.of(", and cannot pull it: " + message(registry.body()))
                    : Optional.empty();
        } catch (TimeoutException e) {
            return Optional.of(", and did not reach its registry within " + seconds());
        } catch (IOException e) {
            return Optional.of(", and cannot pull it: " + e.getMessage());
        }
    }

    private boolean isThere(EngineSocket socket, String image) throws IOException, TimeoutException {
        if (image.endsWith(REAPER)) {
            // Which version it is to be, only Testcontainers knows.
            String all = socket.get("/images/json?filters=%7B%22reference%22%3A%5B%22" + image + "%22%5D%7D", limit)
                    .body();
            return all.contains(REAPER);
        }
        return socket.get("/images/" + image + "/json", limit).status() == 200;
    }

    private String seconds() {
        return String.valueOf(limit.toMillis() / 1000.0).replaceAll("\\.0$", "") + " s";
    }

    /** The one line of an engine's error. */
    private static String message(String body) {
        return body.strip()
                .replaceAll("(?s)^\\{\"message\":\"(.*)\"\\}$", "$1")
                .replace("\\\"", "\"")
                .replaceAll("\\s+", " ");
    }
}
