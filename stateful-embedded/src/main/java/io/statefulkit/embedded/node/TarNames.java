package io.statefulkit.embedded.node;

import io.statefulkit.embedded.node.volume.PathMap;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Keeps the names in an archive as they are inside the container. {@code kubectl cp} runs {@code tar cf - /path} and takes
 * only members that begin with the path it asked for, while the files lie elsewhere on this machine.
 */
final class TarNames {

    private static final String IN_SHELL = "tar -cf - ";

    private TarNames() {}

    /** Returns the command with what renames the members, if it is one that writes an archive to its output. */
    static List<String> kept(List<String> argv, List<String> rewritten, PathMap paths) {
        boolean archives = argv.size() >= 4
                && argv.get(0).equals("tar")
                && argv.get(1).equals("cf")
                && argv.get(2).equals("-");
        if (!archives) {
            return inShell(argv, rewritten, paths);
        }
        List<String> command = new ArrayList<>(rewritten.subList(0, 3));
        for (String path : argv.subList(3, argv.size())) {
            Optional<Path> real = paths.locate(path);
            real.ifPresent(there -> command.add("--transform=s," + renamed(there, path)));
        }
        command.addAll(rewritten.subList(3, rewritten.size()));
        return command;
    }

    /** fabric8's client asks a shell. */
    private static List<String> inShell(List<String> argv, List<String> rewritten, PathMap paths) {
        if (argv.size() != 3 || !argv.get(0).equals("sh") || !argv.get(2).startsWith(IN_SHELL)) {
            return rewritten;
        }
        String path = argv.get(2).substring(IN_SHELL.length()).replace("'", "").trim();
        Optional<Path> real = paths.locate(path);
        if (real.isEmpty()) {
            return rewritten;
        }
        String rest = rewritten.get(2).substring(IN_SHELL.length());
        return List.of(
                rewritten.get(0),
                rewritten.get(1),
                IN_SHELL + "--transform='s," + renamed(real.get(), path) + "' " + rest);
    }

    private static String renamed(Path real, String inside) {
        return "^" + pattern(real.toString().substring(1)) + "," + inside.substring(1) + ",";
    }

    private static String pattern(String text) {
        return Pattern.compile("[.\\[\\]*^$,]").matcher(text).replaceAll("\\\\$0");
    }
}
