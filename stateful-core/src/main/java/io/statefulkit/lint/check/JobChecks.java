package io.statefulkit.lint.check;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpec;
import io.statefulkit.internal.Marks;
import io.statefulkit.lint.Rule;
import io.statefulkit.lint.objects.Manifest;
import io.statefulkit.lint.objects.Pods;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Imports, migrations, things done on a schedule. */
final class JobChecks {

    private static final Pattern DESTRUCTIVE = Pattern.compile(
            "(?i)\\b(delete\\s+from|truncate|drop\\s+(table|database|schema|role)|flushall|flushdb)\\b");
    private static final Pattern CLIENT =
            Pattern.compile("\\b(psql|pg_dump|pg_restore|mysql|mysqldump|mariadb|mariadb-dump|redis-cli)\\b");
    private static final Pattern COPY =
            Pattern.compile("(?i)\\\\copy\\b.*\\bfrom\\b|\\bload\\s+data\\b|\\bcopy\\s+\\S+.*\\bfrom\\b");
    private static final Pattern ONCE = Pattern.compile("(?i)statefulkit_import|on\\s+conflict|insert\\s+ignore");
    private static final Pattern CSV = Pattern.compile("(?i)format\\s+csv|with\\s*\\(?\\s*csv");
    private static final String MARK = "statefulkit.dev/destructive";

    private JobChecks() {}

    static void look(Manifest manifest, Findings findings) {
        manifest.all(CronJob.class).forEach(cron -> cron(manifest, cron, findings));
        manifest.all(Job.class).forEach(job -> {
            if (job.getSpec() != null) {
                limits("Job/" + job.getMetadata().getName(), job.getSpec(), true, findings);
            }
        });
        manifest.pods().stream().filter(Pods::job).forEach(pods -> {
            if ("OnFailure".equals(pods.spec().getRestartPolicy())) {
                findings.add(Rule.JB12, pods.path());
            }
            pods.spec().getContainers().forEach(container -> container(manifest, pods, container, findings));
        });
        manifest.all(ConfigMap.class).forEach(map -> size(map, findings));
    }

    private static void cron(Manifest manifest, CronJob cron, Findings findings) {
        String path = "CronJob/" + cron.getMetadata().getName();
        var spec = cron.getSpec();
        if (spec == null) {
            return;
        }
        if (spec.getConcurrencyPolicy() == null || spec.getConcurrencyPolicy().equals("Allow")) {
            findings.add(Rule.JB01, path);
        }
        if (spec.getStartingDeadlineSeconds() == null) {
            findings.add(Rule.JB02, path);
        }
        if (spec.getTimeZone() == null) {
            findings.add(Rule.JB03, path, spec.getSchedule());
        }
        if (spec.getJobTemplate() != null && spec.getJobTemplate().getSpec() != null) {
            limits(path, spec.getJobTemplate().getSpec(), false, findings);
        }
        boolean marked = Marks.annotations(cron.getMetadata()).containsKey(MARK);
        Pods.of(cron)
                .filter(pods -> !marked)
                .ifPresent(pods -> pods.containers().stream()
                        .filter(container -> DESTRUCTIVE
                                .matcher(manifest.script(pods, container))
                                .find())
                        .forEach(container -> findings.add(Rule.JB04, pods.path(container), spec.getSchedule())));
    }

    private static void limits(String path, JobSpec spec, boolean once, Findings findings) {
        List<String> missing = new ArrayList<>();
        if (spec.getBackoffLimit() == null) {
            missing.add("backoffLimit");
        }
        if (spec.getActiveDeadlineSeconds() == null) {
            missing.add("activeDeadlineSeconds");
        }
        if (once && spec.getTtlSecondsAfterFinished() == null) {
            missing.add("ttlSecondsAfterFinished");
        }
        if (!missing.isEmpty()) {
            findings.add(Rule.JB11, path, String.join(", ", missing));
        }
    }

    private static void container(Manifest manifest, Pods pods, Container container, Findings findings) {
        String text = manifest.script(pods, container);
        String path = pods.path(container);
        if (pods.owner() instanceof Job job
                && COPY.matcher(text).find()
                && !ONCE.matcher(text).find()) {
            int retries = Optional.ofNullable(job.getSpec().getBackoffLimit()).orElse(6);
            if (retries > 0) {
                findings.add(Rule.JB05, path, retries);
            }
        }
        if (text.contains(".pgpass") && text.contains("echo")) {
            findings.add(Rule.JB07, path);
        }
        if (text.contains("\\copy")
                && COPY.matcher(text).find()
                && !CSV.matcher(text).find()) {
            findings.add(Rule.JB08, path);
        }
        boolean waits =
                !pods.spec().getInitContainers().isEmpty() || text.contains("pg_isready") || text.contains("until ");
        if (CLIENT.matcher(text).find() && !waits) {
            findings.add(Rule.JB09, path);
        }
    }

    private static void size(ConfigMap map, Findings findings) {
        long bytes = Optional.ofNullable(map.getData()).orElse(Map.of()).values().stream()
                        .mapToLong(value -> value.getBytes(StandardCharsets.UTF_8).length)
                        .sum()
                + Optional.ofNullable(map.getBinaryData()).orElse(Map.of()).values().stream()
                        .mapToLong(value -> value.length() * 3L / 4)
                        .sum();
        if (bytes > 1024 * 1024) {
            findings.add(Rule.JB06, "ConfigMap/" + map.getMetadata().getName(), bytes);
        }
    }
}
