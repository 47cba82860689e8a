package io.statefulkit.deploy.ready;

import io.statefulkit.deploy.Diagnosis;
import io.statefulkit.deploy.Trouble;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Recognises what log lines of databases mean; pure functions. */
final class LogRules {

    private record Rule(String pattern, String id, String advice) {}

    private static final List<Rule> RULES = List.of(
            new Rule(
                    "lost+found",
                    "ST07",
                    "put the data in a subdirectory of the volume: set PGDATA to <mount>/pgdata, or mount a subPath"),
            new Rule(
                    "unused mount/volume",
                    "ST06",
                    "an image of PostgreSQL 18 or later wants its volume at /var/lib/postgresql"),
            new Rule(
                    "incompatible with server",
                    "IMG04",
                    "the volume was written by another major version: use that image, and upgrade by dump and restore"),
            new Rule(
                    "not compatible with this version",
                    "IMG04",
                    "the volume was written by another major version: use that image, and upgrade by dump and restore"),
            new Rule(
                    "password authentication failed",
                    "AP04",
                    "the volume keeps the password it was created with: put the old one back into the Secret, or"
                            + " change it in the database with ALTER ROLE"),
            new Rule(
                    "has invalid permissions",
                    "ST12",
                    "the data directory has to belong to the user of the server with mode 0700 or 0750"),
            new Rule(
                    "Permission denied",
                    "ST12",
                    "the user of the container may not write to the volume: check runAsUser and fsGroup"),
            new Rule("has group or world access", "ST12", "the data directory has to have mode 0700 or 0750"),
            new Rule(
                    "files in it. Aborting",
                    "ST08",
                    "the data directory has to be empty at the first start: mount a subPath of the volume"),
            new Rule(
                    "waiting: another pod still uses this volume",
                    "ST03",
                    "another pod still uses the volume: the fence waits for its end"),
            new Rule(
                    "lock file \"postmaster.pid\" already exists",
                    "ST03",
                    "another server still uses the data directory"),
            new Rule("No space left on device", "ST18", "the volume is full: make it larger"));

    private LogRules() {}

    /** Puts first what the logs explain; the advice of a rule is better than the general one. */
    static List<Trouble> sharpen(List<Trouble> troubles, List<Diagnosis.LogTail> logs) {
        List<Trouble> sharpened = new ArrayList<>();
        for (Diagnosis.LogTail tail : logs) {
            explain(tail).ifPresent(sharpened::add);
        }
        for (Trouble trouble : troubles) {
            if (sharpened.stream().noneMatch(better -> sameContainer(better, trouble))) {
                sharpened.add(trouble);
            } else {
                sharpened.replaceAll(better ->
                        sameContainer(better, trouble) && better.reason().length() <= 5
                                ? new Trouble(
                                        trouble.object(),
                                        trouble.container(),
                                        trouble.reason() + ", rule " + better.reason(),
                                        trouble.detail().isBlank()
                                                ? better.detail()
                                                : trouble.detail() + "; log: " + better.detail(),
                                        better.advice())
                                : better);
            }
        }
        return List.copyOf(sharpened);
    }

    private static boolean sameContainer(Trouble one, Trouble other) {
        return one.object().equals(other.object()) && one.container().equals(other.container());
    }

    private static Optional<Trouble> explain(Diagnosis.LogTail tail) {
        for (int i = tail.lines().size() - 1; i >= 0; i--) {
            String line = tail.lines().get(i);
            Optional<Rule> rule = RULES.stream()
                    .filter(candidate -> line.contains(candidate.pattern()))
                    .findFirst();
            if (rule.isPresent()) {
                return rule.map(found -> new Trouble(
                        "pod " + tail.pod(), Optional.of(tail.container()), found.id(), line, found.advice()));
            }
        }
        return Optional.empty();
    }
}
