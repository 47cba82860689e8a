package io.statefulkit.embedded.node.volume;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the paths of a container are on this machine, and how texts that name them are rewritten: at the boundaries of
 * paths only, the longest path first. Immutable.
 */
public final class PathMap {

    private static final String BEFORE = " \t\n\r\"'`=:,;(<>|&[{!@";

    private final Map<String, Path> directories;
    private final List<String> longestFirst;

    /** Takes absolute paths inside the container and where each is. */
    public PathMap(Map<String, Path> directories) {
        this.directories = new LinkedHashMap<>(directories);
        this.longestFirst = new ArrayList<>(directories.keySet());
        this.longestFirst.sort(Comparator.comparingInt(String::length).reversed());
    }

    /** Returns where a path is, if it lies in one of the mapped directories. */
    public Optional<Path> locate(String path) {
        for (String inside : longestFirst) {
            if (path.equals(inside)) {
                return Optional.of(directory(inside));
            }
            if (path.startsWith(inside + "/")) {
                return Optional.of(directory(inside).resolve(path.substring(inside.length() + 1)));
            }
        }
        return Optional.empty();
    }

    /** Rewrites every mapped path in a text. */
    public String rewrite(String text) {
        StringBuilder out = new StringBuilder();
        int position = 0;
        while (position < text.length()) {
            Optional<String> path = text.charAt(position) == '/' ? pathAt(text, position) : Optional.empty();
            if (path.isPresent()) {
                out.append(directory(path.get()));
                position += path.get().length();
            } else {
                out.append(text.charAt(position++));
            }
        }
        return out.toString();
    }

    private Path directory(String inside) {
        return java.util.Objects.requireNonNull(directories.get(inside));
    }

    private Optional<String> pathAt(String text, int position) {
        if (!startsHere(text, position)) {
            return Optional.empty();
        }
        return longestFirst.stream()
                .filter(path -> text.startsWith(path, position) && endsHere(text, position + path.length()))
                .findFirst();
    }

    private static boolean startsHere(String text, int position) {
        if (position == 0 || BEFORE.indexOf(text.charAt(position - 1)) >= 0) {
            return true;
        }
        // An option with its value attached, such as -D/var/lib/postgresql/data.
        boolean letter = Character.isLetter(text.charAt(position - 1));
        boolean dash = position >= 2 && text.charAt(position - 2) == '-';
        return letter && dash && (position == 2 || BEFORE.indexOf(text.charAt(position - 3)) >= 0);
    }

    private static boolean endsHere(String text, int position) {
        if (position >= text.length()) {
            return true;
        }
        char next = text.charAt(position);
        if (next == '.') {
            return position + 1 >= text.length() || !Character.isLetterOrDigit(text.charAt(position + 1));
        }
        return !Character.isLetterOrDigit(next) && next != '_' && next != '-';
    }
}
