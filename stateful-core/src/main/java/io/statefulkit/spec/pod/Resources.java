package io.statefulkit.spec.pod;

import io.statefulkit.internal.Checks;
import io.statefulkit.spec.storage.Size;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a container may use. Memory is requested and limited alike, so that a database is never the pod that the node
 * kills first; CPU is requested and not limited, since a throttled database fails its probes.
 *
 * @param cpu CPU request, for example {@code 500m}
 * @param memory memory request and limit; none if empty
 * @param cpuLimit CPU limit; none if empty
 */
public record Resources(String cpu, Optional<Size> memory, Optional<String> cpuLimit) {

    private static final Pattern CPU = Pattern.compile("[1-9][0-9]{0,6}m|[0-9]{1,4}(\\.[0-9]{1,3})?");

    public Resources {
        Checks.matches(CPU, cpu, "cpu", "a number of cores like 0.5 or 500m");
        cpuLimit.ifPresent(text -> Checks.matches(CPU, text, "cpuLimit", "a number of cores like 0.5 or 500m"));
    }

    /** Return 250m of CPU and 512Mi of memory. */
    public static Resources defaults() {
        return cpu("250m").memory("512Mi");
    }

    /** Return a request for CPU without memory. */
    public static Resources cpu(String cpu) {
        return new Resources(cpu, Optional.empty(), Optional.empty());
    }

    /** Request and limit this much memory. */
    public Resources memory(String memory) {
        return new Resources(cpu, Optional.of(Size.of(memory)), cpuLimit);
    }

    /** Limit the CPU too. */
    public Resources cpuLimit(String limit) {
        return new Resources(cpu, memory, Optional.of(limit));
    }
}
