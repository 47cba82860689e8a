package io.statefulkit.embedded.image;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The two servers that share a family of programs: which of them is installed only their version tells. */
enum SqlServer {
    /** MariaDB. */
    MARIADB("MariaDB", "mariadb", "mariadbd"),
    /** MySQL. */
    MYSQL("MySQL", "mysql", "mysqld");

    private static final Pattern VERSION = Pattern.compile("Ver (\\d+\\.\\d+\\.\\d+)");

    private final String product;
    private final String client;
    private final String command;

    SqlServer(String product, String client, String command) {
        this.product = product;
        this.client = client;
        this.command = command;
    }

    String product() {
        return product;
    }

    /** The client's name, which is also that of the image. */
    String client() {
        return client;
    }

    /** What the image runs by default. */
    String command() {
        return command;
    }

    /**
     * A server that is installed.
     *
     * @param program where it is
     * @param version its version, such as {@code 10.11.14}
     */
    record Installed(Path program, String version) {}

    Optional<Installed> find() {
        return Stream.of(command, "mysqld")
                .flatMap(name -> Programs.find(name).stream())
                .flatMap(program -> ask(program).stream())
                .findFirst();
    }

    private Optional<Installed> ask(Path program) {
        try {
            Process process = new ProcessBuilder(program.toString(), "--no-defaults", "--version")
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            return read(program, new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Understands what the server says of itself, if it is this one. */
    Optional<Installed> read(Path program, String words) {
        Matcher matcher = VERSION.matcher(words);
        boolean mariadb = words.contains("MariaDB");
        return matcher.find() && mariadb == (this == MARIADB)
                ? Optional.of(new Installed(program, matcher.group(1)))
                : Optional.empty();
    }
}
