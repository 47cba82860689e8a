package io.statefulkit.survival;

import io.statefulkit.survival.history.Elements;
import io.statefulkit.survival.history.History;
import io.statefulkit.survival.history.HistoryFile;
import io.statefulkit.survival.verdict.Breach;
import io.statefulkit.survival.verdict.Checker;
import io.statefulkit.survival.verdict.ElementClass;
import io.statefulkit.survival.verdict.Findings;
import io.statefulkit.survival.verdict.Verdict;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Checks the histories of earlier runs again, such as with a newer version of the checker, and tells what became of their rows. It knows
 * nothing of what was done to the pods, so that it does not say that anything was survived.
 *
 * <pre>{@code
 * java -cp … io.statefulkit.survival.Recheck target/statefulkit/<run>/history.jsonl
 * }</pre>
 *
 * <p>Ends with 0 when no row is as it must not be, with 1 when one is, and with 2 when a file is none of a history.
 */
public final class Recheck {

    private static final int INTERVALS = 20;

    private Recheck() {}

    /** Checks each of the files that are named. */
    public static void main(String[] files) {
        int status = run(files, new PrintStream(System.out, true, StandardCharsets.UTF_8));
        if (status != 0) {
            System.exit(status);
        }
    }

    static int run(String[] files, PrintStream out) {
        if (files.length == 0) {
            out.println("expected the files to check, such as target/statefulkit/<run>/history.jsonl");
            return 2;
        }
        int status = 0;
        for (String file : files) {
            status = Math.max(status, check(file, out));
        }
        return status;
    }

    private static int check(String file, PrintStream out) {
        try {
            History history = HistoryFile.read(Path.of(file));
            Findings findings = Checker.check(history);
            List<Breach> breaches = new Accounting(history).check();
            boolean isViolated = findings.isViolated() || !breaches.isEmpty();
            out.println(file + ": " + (isViolated ? Verdict.VIOLATED.name() : verdict(history, findings)));
            for (ElementClass elementClass : ElementClass.values()) {
                Elements elements = findings.of(elementClass);
                if (!elements.isEmpty()) {
                    out.printf(
                            Locale.ROOT,
                            "  %,9d %-12s %s%s%n",
                            elements.size(),
                            elementClass.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                            elementClass.meaning(),
                            elementClass == ElementClass.OK ? "" : ": " + elements.brief(INTERVALS));
                }
            }
            breaches.stream()
                    .map(Breach::toString)
                    .distinct()
                    .limit(INTERVALS)
                    .forEach(breach -> out.println("  " + breach));
            history.steps()
                    .forEach(step -> out.println("  " + step.disruption()
                            + (step.isRecovered() ? ": the workload was back" : ": the workload did not come back")));
            return isViolated ? 1 : 0;
        } catch (RuntimeException e) {
            out.println(file + ": not checked: " + e.getMessage());
            return 2;
        }
    }

    /** Reads without rows to miss, or rows without reads, show nothing. */
    private static String verdict(History history, Findings findings) {
        boolean isRead = !history.readings().isEmpty() && findings.count(ElementClass.NEVER_READ) == 0;
        return isRead && history.acknowledged().findAny().isPresent()
                ? "no row is lost, changed, or too many"
                : Verdict.INCONCLUSIVE + ": not every acknowledged row was read";
    }
}
