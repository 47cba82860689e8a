package io.statefulkit.embedded.image;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where PostgreSQL programs are: configured, installed, or on the class path, in this order. */
final class PostgresServers {

    private static final Pattern MAJOR = Pattern.compile("(\\d+)(?:\\.\\d+|devel|beta\\d*|rc\\d*)?");
    private static final List<String> PATTERNS =
            List.of("/usr/lib/postgresql", "/usr/local/lib/postgresql", "/opt/homebrew/opt");

    private final List<Path> homes;
    private final ClassPathPostgres classPath;
    private final Map<Path, OptionalInt> known = new ConcurrentHashMap<>();

    private PostgresServers(List<Path> homes, ClassPathPostgres classPath) {
        this.homes = List.copyOf(homes);
        this.classPath = classPath;
    }

    static PostgresServers standard() {
        return new PostgresServers(installed(), new ClassPathPostgres());
    }

    static PostgresServers of(List<Path> homes) {
        return new PostgresServers(homes, new ClassPathPostgres());
    }

    PostgresServers with(Path home) {
        List<Path> all = new ArrayList<>(List.of(home));
        all.addAll(homes);
        return new PostgresServers(all, classPath);
    }

    /** The directory with {@code postgres} and {@code initdb} of exactly this major. */
    Optional<Path> server(int major) throws IOException {
        for (Path home : homes) {
            Path programs = home.resolve("bin");
            if (Files.isExecutable(programs.resolve("postgres"))
                    && Files.isExecutable(programs.resolve("initdb"))
                    && majorOf(home).orElse(-1) == major) {
                return Optional.of(programs);
            }
        }
        return classPath.server(major);
    }

    /** The directory with {@code psql} of this major or the nearest newer one. */
    Optional<Path> client(int major) {
        TreeMap<Integer, Path> found = new TreeMap<>();
        for (Path home : homes) {
            if (Files.isExecutable(home.resolve("bin/psql"))) {
                majorOf(home).ifPresent(client -> found.putIfAbsent(client, home.resolve("bin")));
            }
        }
        return Optional.ofNullable(found.ceilingEntry(major)).map(Map.Entry::getValue);
    }

    /** What there is, for messages: majors and where each comes from. */
    Map<Integer, String> majors() {
        TreeMap<Integer, String> majors = new TreeMap<>(classPath.majors());
        for (Path home : homes) {
            if (Files.isExecutable(home.resolve("bin/postgres"))) {
                majorOf(home).ifPresent(major -> majors.put(major, "installed"));
            }
        }
        return majors;
    }

    private OptionalInt majorOf(Path home) {
        return known.computeIfAbsent(home, PostgresServers::findMajor);
    }

    private static OptionalInt findMajor(Path home) {
        Path name = home.getFileName();
        Matcher matcher = MAJOR.matcher(name == null ? "" : name.toString().replace("postgresql@", ""));
        if (matcher.matches()) {
            return OptionalInt.of(Integer.parseInt(matcher.group(1)));
        }
        return ask(
                home.resolve("bin/postgres").toFile().exists()
                        ? home.resolve("bin/postgres")
                        : home.resolve("bin/psql"));
    }

    private static OptionalInt ask(Path program) {
        try {
            Process process = new ProcessBuilder(program.toString(), "--version")
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            String text = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            Matcher matcher = Pattern.compile("\\s(\\d+)").matcher(text);
            return matcher.find() ? OptionalInt.of(Integer.parseInt(matcher.group(1))) : OptionalInt.empty();
        } catch (IOException e) {
            return OptionalInt.empty();
        }
    }

    private static List<Path> installed() {
        List<Path> homes = new ArrayList<>();
        for (String directory : PATTERNS) {
            if (Files.isDirectory(Path.of(directory))) {
                try (DirectoryStream<Path> entries = Files.newDirectoryStream(Path.of(directory))) {
                    entries.forEach(home -> {
                        if (Files.isDirectory(home.resolve("bin"))) {
                            homes.add(home);
                        }
                    });
                } catch (IOException e) {
                    homes.removeIf(home -> home.startsWith(directory));
                }
            }
        }
        rpmHomes(homes);
        for (String program : List.of("postgres", "psql")) {
            Programs.find(program).map(Path::getParent).map(Path::getParent).ifPresent(homes::add);
        }
        return homes;
    }

    /** Fedora and its relatives: {@code /usr/pgsql-15}. */
    private static void rpmHomes(List<Path> homes) {
        for (int major = 9; major < 40; major++) {
            Path home = Path.of("/usr/pgsql-" + major);
            if (Files.isDirectory(home.resolve("bin"))) {
                homes.add(home);
            }
        }
    }
}
