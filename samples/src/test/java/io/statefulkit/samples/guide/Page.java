package io.statefulkit.samples.guide;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A page of the documentation: where it is, and its lines. */
record Page(Path file, List<String> lines) {

    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    Page {
        lines = List.copyOf(lines);
    }

    /** All pages, those at the top of the project included. */
    static List<Page> all() {
        List<Path> files = new ArrayList<>();
        for (Path directory :
                List.of(ROOT, ROOT.resolve("docs"), ROOT.resolve("docs/guide"), ROOT.resolve("docs/decisions"))) {
            try (Stream<Path> entries = Files.list(directory)) {
                entries.filter(file -> file.toString().endsWith(".md")).sorted().forEach(files::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return files.stream().map(Page::of).toList();
    }

    static Page of(Path file) {
        try {
            return new Page(file, Files.readAllLines(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The page's name, as a message says it. */
    String name() {
        return ROOT.relativize(file).toString();
    }

    /** The marks that its headings have in links, as code hosts make them. */
    List<String> anchors() {
        List<String> anchors = new ArrayList<>();
        for (String line : prose()) {
            if (line.startsWith("#")) {
                anchors.add(line.replaceFirst("^#+ *", "")
                        .toLowerCase(java.util.Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'));
            }
        }
        return anchors;
    }

    /** The lines that are in no block of code. */
    List<String> prose() {
        List<String> prose = new ArrayList<>();
        boolean code = false;
        for (String line : lines) {
            if (line.startsWith("```")) {
                code = !code;
            } else if (!code) {
                prose.add(line);
            }
        }
        return prose;
    }

    /** The blocks of code in that language. */
    List<String> blocks(String language) {
        List<String> blocks = new ArrayList<>();
        StringBuilder block = new StringBuilder();
        boolean inside = false;
        for (String line : lines) {
            if (inside && line.equals("```")) {
                blocks.add(block.toString().stripTrailing());
                block.setLength(0);
                inside = false;
            } else if (inside) {
                block.append(line).append('\n');
            } else if (line.equals("```" + language)) {
                inside = true;
            }
        }
        return blocks;
    }
}
