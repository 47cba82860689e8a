package io.statefulkit.lint.check;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a shell script that makes dumps does, as far as its text tells. */
record BackupScript(String text) {

    private static final Pattern DUMPS = Pattern.compile(
            "\\b(pg_dump|pg_dumpall|pg_basebackup|mysqldump|mariadb-dump|mongodump)\\b|redis-cli\\b.*--rdb");
    private static final Pattern TARGET =
            Pattern.compile("(?:--file[= ]|--result-file[= ]|\\s-f\\s*|[^0-9&>]>>?\\s*|--rdb\\s+)([^\\s;|&)]+)");
    private static final Pattern LOOP = Pattern.compile("\\b(while|until)\\b[^;\\n]*(;|\\n)\\s*do\\b");
    private static final Pattern SLEEP_FIRST = Pattern.compile("\\bwhile\\s+sleep\\b");
    private static final Pattern CHECKS_RESULT = Pattern.compile("\\bset\\s+-[a-z]*e|\\|\\||\\bif\\s|&&");

    static boolean dumps(String text) {
        return DUMPS.matcher(text).find();
    }

    /** Return true if the script loops and leaves signals to a shell that ignores them. */
    static boolean ignoresTerm(String text) {
        return LOOP.matcher(text).find() && text.contains("sleep") && !text.contains("trap ");
    }

    /** Return the first file that a dump is written to. */
    Optional<String> target() {
        Matcher dump = DUMPS.matcher(text);
        if (!dump.find()) {
            return Optional.empty();
        }
        Matcher target = TARGET.matcher(text).region(dump.end(), text.length());
        return target.find()
                ? Optional.of(target.group(1).replaceAll("[\"']", "")).filter(file -> !file.equals("/dev/null"))
                : Optional.empty();
    }

    boolean leavesPartialFiles() {
        return target().isPresent() && !text.contains("mv ");
    }

    boolean keepsEverything() {
        return !Pattern.compile("\\brm\\b|-delete\\b|\\bprune\\b|\\bforget\\b")
                .matcher(text)
                .find();
    }

    boolean plain() {
        return Pattern.compile("\\bpg_dump\\b").matcher(text).find()
                && !Pattern.compile("-F\\s*[cdt]\\b|--format[= ]?[cdt]")
                        .matcher(text)
                        .find();
    }

    boolean swallowsFailures() {
        boolean loop = LOOP.matcher(text).find() && !CHECKS_RESULT.matcher(text).find();
        boolean pipe = Pattern.compile("\\b(pg_dump|pg_dumpall|mysqldump|mariadb-dump)\\b[^|;\\n]*[^|]\\|[^|]")
                        .matcher(text)
                        .find()
                && !text.contains("pipefail");
        return loop || pipe;
    }

    boolean waitsFirst() {
        return SLEEP_FIRST.matcher(text).find();
    }

    boolean unverified() {
        return !Pattern.compile("pg_restore|Dump completed|check-rdb|pg_verifybackup|pg_amcheck")
                .matcher(text)
                .find();
    }

    boolean prunesByAge() {
        return Pattern.compile("\\bfind\\b.*-(mtime|mmin|ctime)\\b.*(-delete|\\brm\\b)")
                        .matcher(text)
                        .find()
                && !Pattern.compile("\\b(tail|head)\\b").matcher(text).find();
    }

    boolean acceptsEmptyTarget() {
        return Pattern.compile("\\bif\\s+\\[\\s+(-n\\s+)?\"?\\$\\{?\\w+}?\"?\\s+]")
                        .matcher(text)
                        .find()
                && !Pattern.compile("\\belse\\b|\\bset\\s+-[a-z]*u|:\\?")
                        .matcher(text)
                        .find();
    }

    boolean withoutGlobals() {
        return Pattern.compile("\\bpg_dump\\b").matcher(text).find()
                && !Pattern.compile("\\bpg_dumpall\\b").matcher(text).find();
    }
}
