package io.statefulkit.samples.benchmarks;

import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;

/** What figures were measured on, which they mean little without. */
final class Machine {

    private static final OperatingSystemMXBean SYSTEM = ManagementFactory.getOperatingSystemMXBean();

    private Machine() {}

    /** Returns the day, the system, the number of processors, the JVM and its settings. */
    static String description() {
        List<String> options = ManagementFactory.getRuntimeMXBean().getInputArguments();
        return String.format(
                "%s, %s %s, %d processors, JDK %s%s",
                LocalDate.now(ZoneOffset.UTC),
                SYSTEM.getName(),
                SYSTEM.getVersion(),
                SYSTEM.getAvailableProcessors(),
                System.getProperty("java.version"),
                options.isEmpty() ? "" : " with " + String.join(" ", options));
    }

    /** Returns how many processes wanted a processor in the last minute. */
    static String load() {
        return String.format(Locale.ROOT, "load %.1f", SYSTEM.getSystemLoadAverage());
    }
}
