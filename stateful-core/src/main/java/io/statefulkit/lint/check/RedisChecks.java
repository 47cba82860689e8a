package io.statefulkit.lint.check;

import io.fabric8.kubernetes.api.model.Quantity;
import io.statefulkit.lint.Rule;
import io.statefulkit.lint.Severity;
import io.statefulkit.lint.objects.EngineKind;
import io.statefulkit.lint.objects.Manifest;
import io.statefulkit.lint.objects.Server;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is special about Redis. */
final class RedisChecks {

    private static final Pattern MAX_MEMORY = Pattern.compile("(?m)(?:^|\\s|--)maxmemory\\s+['\"]?([0-9]+)([kmg]?b?)");
    private static final Pattern APPEND = Pattern.compile("(?m)(?:^|\\s|--)appendonly\\s+['\"]?yes");
    private static final Pattern ACCESS =
            Pattern.compile("(?m)(?:^|\\s|--)(requirepass|aclfile|user\\s|include\\s+\\S*(auth|secret|acl))");

    private RedisChecks() {}

    static void look(Manifest manifest, Findings findings) {
        manifest.servers().stream()
                .filter(server -> server.engine() == EngineKind.REDIS)
                .forEach(server -> {
                    persistence(manifest, server, findings);
                    memory(manifest, server, findings);
                });
    }

    static void access(Manifest manifest, Server server, Findings findings) {
        if (!ACCESS.matcher(text(manifest, server)).find()) {
            findings.add(Rule.SEC04, server.path());
        }
    }

    private static String text(Manifest manifest, Server server) {
        return manifest.script(server.pods(), server.container());
    }

    static boolean appendOnly(Manifest manifest, Server server) {
        return APPEND.matcher(text(manifest, server)).find();
    }

    private static void persistence(Manifest manifest, Server server, Findings findings) {
        if (server.dataClaim().isPresent() && !appendOnly(manifest, server)) {
            findings.add(Severity.WARNING, Rule.RD01, server.path());
        }
    }

    private static void memory(Manifest manifest, Server server, Findings findings) {
        BigDecimal max = maxMemory(manifest, server);
        Optional<BigDecimal> limit = LifecycleChecks.memoryLimit(server.container());
        if (max.signum() == 0
                || (limit.isPresent()
                        && max.multiply(BigDecimal.valueOf(100))
                                        .compareTo(limit.get().multiply(BigDecimal.valueOf(75)))
                                >= 0)) {
            findings.add(
                    Rule.RD02,
                    server.path(),
                    max.signum() == 0 ? "not set" : max.toPlainString() + " bytes",
                    limit.map(BigDecimal::toPlainString).orElse("not set"));
        }
    }

    /** Return the bytes of {@code maxmemory}, 0 if it is not set. */
    static BigDecimal maxMemory(Manifest manifest, Server server) {
        Matcher matcher = MAX_MEMORY.matcher(text(manifest, server).toLowerCase(Locale.ROOT));
        if (!matcher.find()) {
            return BigDecimal.ZERO;
        }
        String unit = matcher.group(2).isEmpty() ? "" : matcher.group(2).substring(0, 1);
        String suffix = unit.isEmpty() || unit.equals("b") ? "" : unit.toUpperCase(Locale.ROOT) + "i";
        return Quantity.getAmountInBytes(Quantity.parse(matcher.group(1) + suffix));
    }
}
