package io.statefulkit.embedded.node.process;

import java.util.List;

/** Gives a command a terminal by means of {@code script(1)}. */
final class Terminal {

    private Terminal() {}

    static List<String> wrap(List<String> command) {
        return List.of("script", "--quiet", "--return", "--flush", "--command", quoted(command), "/dev/null");
    }

    private static String quoted(List<String> command) {
        StringBuilder line = new StringBuilder("exec");
        for (String word : command) {
            line.append(" '").append(word.replace("'", "'\\''")).append('\'');
        }
        return line.toString();
    }
}
