package io.statefulkit.manifest.render;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpec;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpecBuilder;
import io.statefulkit.internal.Checks;
import io.statefulkit.spec.Annotations;
import io.statefulkit.spec.Names;
import io.statefulkit.spec.Settings;
import io.statefulkit.spec.StatefulSpec;
import io.statefulkit.spec.job.BackupCron;
import io.statefulkit.spec.job.BackupJob;
import io.statefulkit.spec.job.CsvImport;
import io.statefulkit.spec.job.Schedule;
import io.statefulkit.spec.job.SqlCron;
import io.statefulkit.spec.job.SqlCron.Concurrency;
import io.statefulkit.spec.job.SqlJob;
import io.statefulkit.spec.job.StatefulJob;
import io.statefulkit.spec.pod.Resources;
import io.statefulkit.spec.storage.Claim;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Jobs and cron jobs that are clients of a server. */
final class Jobs {

    private static final String DIRECTORY = "/etc/statefulkit/job";
    /** A dump is read from one disk and written to another, all of it: it may take the night. */
    private static final Duration BACKUP = Duration.ofHours(12);

    private final Settings settings;
    private final Engine engine;
    private final Server server;
    private final Names names;
    private final Labels labels;

    Jobs(StatefulSpec spec) {
        this.settings = spec.settings();
        this.engine = Engine.of(spec);
        this.server = engine.server();
        this.names = Names.of(spec);
        this.labels = Labels.of(settings, server.app()).ofJobs();
    }

    List<HasMetadata> objects(StatefulJob job) {
        if (job instanceof SqlJob sql) {
            return sqlJob(sql);
        }
        if (job instanceof SqlCron cron) {
            return sqlCron(cron);
        }
        if (job instanceof CsvImport rows) {
            return csvImport(rows);
        }
        if (job instanceof BackupCron cron) {
            return backupCron(cron);
        }
        return backupJob((BackupJob) job);
    }

    private List<HasMetadata> sqlJob(SqlJob job) {
        String name = jobName(job.name() + "-" + Hash.of(job.sql()));
        String sql = sql(job.name(), job.sql());
        String script = job.exactlyOnce()
                ? OnceScript.of(engine, job)
                : engine.clientKit().sql();
        return List.of(
                ConfigMaps.of(name, labels, Map.of("job.sql", sql)),
                job(name, spec(template(client("sql", script, "job.sql"), scripts(name)), job.deadline())));
    }

    private List<HasMetadata> sqlCron(SqlCron cron) {
        String name = cronName(cron.name());
        HasMetadata map = ConfigMaps.of(name, labels, Map.of("job.sql", sql(cron.name(), cron.sql())));
        PodTemplateSpec template = template(client("sql", engine.clientKit().sql(), "job.sql"), scripts(name));
        CronJobBuilder object =
                cronJob(name, cron.schedule(), spec(template, cron.deadline()), cron.concurrency(), cron.history());
        if (cron.destroysData()) {
            object.editMetadata()
                    .addToAnnotations(Annotations.DESTRUCTIVE, "true")
                    .endMetadata();
        }
        return List.of(map, object.build());
    }

    private List<HasMetadata> csvImport(CsvImport rows) {
        ImportScript script = ImportScript.of(engine, rows);
        String name = jobName(rows.name());
        return List.of(
                ConfigMaps.of(name, labels, script.files()),
                job(
                        name,
                        spec(
                                template(client("import", script.command(), script.main()), scripts(name)),
                                rows.deadline())));
    }

    private List<HasMetadata> backupCron(BackupCron cron) {
        String name = cronName(cron.name());
        Claim claim = cron.claim().orElseGet(() -> Claims.like(settings, name));
        return backup(
                claim,
                cronJob(name, cron.schedule(), spec(backupTemplate(claim, cron.keep()), BACKUP), Concurrency.FORBID, 3)
                        .build());
    }

    private List<HasMetadata> backupJob(BackupJob job) {
        String name = jobName(job.name());
        Claim claim = job.claim().orElseGet(() -> Claims.like(settings, names.workload() + "-backup"));
        return backup(claim, job(name, spec(backupTemplate(claim, job.keep()), BACKUP)));
    }

    private List<HasMetadata> backup(Claim claim, HasMetadata job) {
        List<HasMetadata> objects = new ArrayList<>(Claims.volumes(List.of(claim), labels));
        objects.add(Containers.backupScript(engine, names, Labels.of(settings, server.app())));
        if (!claim.existing()) {
            objects.add(Claims.standalone(claim, labels));
        }
        objects.add(job);
        return objects;
    }

    private PodTemplateSpec backupTemplate(Claim claim, int keep) {
        Container container = Containers.backup(engine, names.clientService(), "backup", keep, settings.pod());
        return template(
                container,
                List.of(
                        Volumes.claim("backup", claim.name()),
                        ConfigMaps.volume(Containers.BACKUP_SCRIPT_VOLUME, names.backupScript())));
    }

    private String sql(String name, String sql) {
        if (engine.clientKit().sql().isEmpty()) {
            throw new IllegalArgumentException(
                    "job '%s' has SQL, which %s does not speak".formatted(name, server.app()));
        }
        return Checks.notBlank(sql, "sql of job '" + name + "'") + "\n";
    }

    private Container client(String container, String script, String file) {
        List<EnvVar> env = new ArrayList<>(engine.client(names.clientService()));
        env.add(new EnvVar("STATEFULKIT_SQL", DIRECTORY + "/" + file, null));
        return new ContainerBuilder()
                .withName(container)
                .withImage(settings.pod().image().orElseThrow().reference())
                .withCommand("sh", "-c", script)
                .withEnv(env)
                .withResources(Containers.resources(Resources.cpu("50m").memory("128Mi")))
                .withVolumeMounts(Volumes.readOnly("job", DIRECTORY), Volumes.mount("tmp", "/tmp"))
                .withSecurityContext(Security.container(settings.pod(), true))
                .build();
    }

    private static List<Volume> scripts(String configMap) {
        return List.of(ConfigMaps.volume("job", configMap));
    }

    private PodTemplateSpec template(Container container, List<Volume> volumes) {
        Container await = new ContainerBuilder(container)
                .withName("await-server")
                .withCommand("sh", "-c", engine.clientKit().await())
                .build();
        return new PodTemplateSpecBuilder()
                .withMetadata(new ObjectMetaBuilder().withLabels(labels.all()).build())
                .withNewSpec()
                .withRestartPolicy("Never")
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false)
                .withSecurityContext(Security.pod(settings.pod(), server.ids()))
                .withInitContainers(await)
                .withContainers(container)
                .withVolumes(volumes)
                .addToVolumes(Volumes.empty("tmp"))
                .endSpec()
                .build();
    }

    private HasMetadata job(String name, JobSpec spec) {
        return new JobBuilder()
                .withMetadata(labels.meta(name))
                .withSpec(new JobSpecBuilder(spec)
                        .withTtlSecondsAfterFinished(3600)
                        .build())
                .build();
    }

    private static JobSpec spec(PodTemplateSpec template, Duration deadline) {
        return new JobSpecBuilder()
                .withBackoffLimit(3)
                .withActiveDeadlineSeconds(deadline.toSeconds())
                .withTemplate(template)
                .build();
    }

    private CronJobBuilder cronJob(String name, Schedule schedule, JobSpec spec, Concurrency concurrency, int history) {
        return new CronJobBuilder()
                .withMetadata(labels.meta(name))
                .withNewSpec()
                .withSchedule(schedule.cron())
                .withTimeZone(schedule.zone())
                .withConcurrencyPolicy(concurrency.text())
                .withStartingDeadlineSeconds(300L)
                .withSuccessfulJobsHistoryLimit(history)
                .withFailedJobsHistoryLimit(Math.max(1, history))
                .withNewJobTemplate()
                .withNewMetadata()
                .withLabels(labels.all())
                .endMetadata()
                .withSpec(new JobSpecBuilder(spec)
                        .withTtlSecondsAfterFinished(86400)
                        .build())
                .endJobTemplate()
                .endSpec();
    }

    private String jobName(String suffix) {
        return limited(names.workload() + "-" + suffix, 63, "Job");
    }

    private String cronName(String suffix) {
        return limited(names.workload() + "-" + suffix, 52, "CronJob");
    }

    private static String limited(String name, int max, String kind) {
        return Optional.of(name)
                .filter(text -> text.length() <= max)
                .orElseThrow(() -> new IllegalArgumentException(
                        "name of the %s must have at most %d characters but '%s' has %d: shorten the names of workload and job"
                                .formatted(kind, max, name, name.length())));
    }
}
