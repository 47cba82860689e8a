package io.statefulkit.embedded.node.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A user of this machine.
 *
 * @param name the login name
 * @param uid the user id
 * @param gid the id of the primary group
 */
public record ProcessUser(String name, int uid, int gid) {

    /** Returns whether this JVM runs as root. */
    public static boolean jvmIsRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    /** Returns the user for servers that refuse to run as root: {@code postgres} if there is one, else {@code nobody}. */
    public static ProcessUser unprivileged() {
        return find("postgres").or(() -> find("nobody")).orElse(new ProcessUser("nobody", 65534, 65534));
    }

    private static Optional<ProcessUser> find(String name) {
        try {
            for (String line : Files.readAllLines(Path.of("/etc/passwd"))) {
                String[] fields = line.split(":", -1);
                if (fields.length > 3 && fields[0].equals(name)) {
                    return Optional.of(new ProcessUser(name, Integer.parseInt(fields[2]), Integer.parseInt(fields[3])));
                }
            }
        } catch (IOException e) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    List<String> become(List<String> command) {
        List<String> all =
                new ArrayList<>(List.of("setpriv", "--reuid=" + uid, "--regid=" + gid, "--clear-groups", "--"));
        all.addAll(command);
        return all;
    }
}
