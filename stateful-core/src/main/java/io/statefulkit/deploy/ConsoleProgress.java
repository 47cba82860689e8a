package io.statefulkit.deploy;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Prints what an operation does: on a terminal one line a workload, which changes in place; elsewhere a line whenever
 * something changes. Safe for use by many threads.
 */
public final class ConsoleProgress implements ProgressListener {

    private static final String ESC = "\u001b[";
    private static final String ERASE_LINE = "\r" + ESC + "2K";
    private static final int WIDTH = 120;

    private final PrintStream out;
    private final boolean live;
    /** The lines that may still change, in the order in which they appeared, and whether they are done. */
    private final Map<String, Boolean> lines = new LinkedHashMap<>();

    private ConsoleProgress(PrintStream out, boolean live) {
        this.out = out;
        this.live = live;
    }

    /**
     * Returns a listener that prints lines which change in place when this program seems to run at a terminal. Programs on
     * JDK 22 and later whose output goes into a file should use {@link #plain}: only older ones can tell.
     */
    // JDK 22 and later always have a console; the variables are the better half of the test there.
    @SuppressWarnings("SystemConsoleNull")
    public static ConsoleProgress on(PrintStream out) {
        String terminal = System.getenv("TERM");
        boolean live =
                System.console() != null && terminal != null && !terminal.equals("dumb") && System.getenv("CI") == null;
        return new ConsoleProgress(out, live);
    }

    /** Returns a listener that prints a new line for each change. */
    public static ConsoleProgress plain(PrintStream out) {
        return new ConsoleProgress(out, false);
    }

    /** Returns a listener that prints a line a workload and changes it in place, as terminals can. */
    public static ConsoleProgress live(PrintStream out) {
        return new ConsoleProgress(out, true);
    }

    @Override
    public synchronized void applied(String object, String what) {
        show("applied", object + " " + what, false);
    }

    @Override
    public synchronized void waiting(WorkloadRef workload, String missing) {
        show(workload.toString(), workload + ": " + missing, false);
    }

    @Override
    public synchronized void done(WorkloadRef workload, String what) {
        show(workload.toString(), workload + " " + what, true);
    }

    private void show(String key, String text, boolean last) {
        String line = text.replace('\n', ' ');
        if (!live) {
            out.println(line);
            return;
        }
        String brief = line.length() > WIDTH ? line.substring(0, WIDTH - 3) + "..." : line;
        List<String> keys = List.copyOf(lines.keySet());
        int up = keys.size() - keys.indexOf(key);
        if (lines.put(key, last) == null) {
            out.print(brief + "\n");
        } else {
            out.print(ESC + up + "A" + ERASE_LINE + brief + "\r" + ESC + up + "B");
        }
        out.flush();
        // What is above all lines that still change can be left alone for good.
        keys.stream().takeWhile(one -> Boolean.TRUE.equals(lines.get(one))).forEach(lines::remove);
    }
}
