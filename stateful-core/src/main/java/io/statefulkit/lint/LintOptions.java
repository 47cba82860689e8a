package io.statefulkit.lint;

import io.statefulkit.internal.Checks;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How strictly objects are judged, and for which Kubernetes.
 *
 * @param refused findings of this severity, and worse ones, refuse a plan
 * @param kubernetes version of the cluster, {@code major.minor} with an optional {@code .patch}; any if empty
 */
public record LintOptions(Severity refused, Optional<String> kubernetes) {

    private static final Pattern VERSION =
            Pattern.compile("v?([0-9]{1,3})\\.([0-9]{1,3})(?:\\.([0-9]{1,3}))?(?:[-+].*)?");

    public LintOptions {
        kubernetes.ifPresent(
                version -> Checks.matches(VERSION, version, "kubernetes version", "a version like 1.36 or 1.35.2"));
    }

    /** Return the default: errors refuse a plan, and it has to be right for every Kubernetes. */
    public static LintOptions defaults() {
        return new LintOptions(Severity.ERROR, Optional.empty());
    }

    /** Let warnings refuse a plan too. */
    public LintOptions strict() {
        return new LintOptions(Severity.WARNING, kubernetes);
    }

    /** Judge for this version only, for example {@code 1.36}: what is wrong on others only is no finding then. */
    public LintOptions kubernetes(String version) {
        return new LintOptions(refused, Optional.of(version));
    }

    /** Return true if the cluster may be this minor version with a patch in {@code first..last}. */
    public boolean mayBe(int minor, int first, int last) {
        if (kubernetes.isEmpty()) {
            return true;
        }
        Matcher version = VERSION.matcher(kubernetes.get());
        if (!version.matches() || Integer.parseInt(version.group(2)) != minor) {
            return false;
        }
        int patch = version.group(3) == null ? first : Integer.parseInt(version.group(3));
        return patch >= first && patch <= last;
    }
}
