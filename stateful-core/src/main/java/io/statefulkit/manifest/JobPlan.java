package io.statefulkit.manifest;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.statefulkit.lint.LintReport;
import io.statefulkit.lint.Severity;
import io.statefulkit.lint.SpecInvalidException;
import io.statefulkit.lint.check.Lint;
import io.statefulkit.manifest.render.PostgresImport;
import io.statefulkit.manifest.render.Renderer;
import io.statefulkit.spec.StatefulSpec;
import io.statefulkit.spec.job.CsvImport;
import io.statefulkit.spec.job.StatefulJob;
import java.util.List;

/** The Kubernetes objects of a job that is a client of a server. Pure, immutable and thread-safe. */
public final class JobPlan {

    private final Objects objects;
    private final LintReport lint;

    private JobPlan(Objects objects, LintReport lint) {
        this.objects = objects;
        this.lint = lint;
    }

    /**
     * Return the objects of a job for this server, with the edits of the server's spec where the job has such a part.
     *
     * @throws SpecInvalidException with all findings, if data would get lost
     * @throws IllegalArgumentException if the server cannot do this, or the names together are too long
     */
    public static JobPlan of(StatefulSpec server, StatefulJob job) {
        List<HasMetadata> objects = Renderer.render(server, job);
        LintReport lint =
                Lint.objects(objects).allowing(server.settings().extras().allowed());
        if (!lint.of(Severity.ERROR).isEmpty()) {
            throw new SpecInvalidException(job.name(), lint.of(Severity.ERROR));
        }
        return new JobPlan(new Objects(objects), lint);
    }

    /**
     * Return the program that imports rows into PostgreSQL exactly once when it runs beside the server with the CSV
     * text as its standard input: for more rows than fit into a ConfigMap.
     */
    public static List<String> importCommand(CsvImport rows) {
        return PostgresImport.command(rows);
    }

    /** Return the objects in the order in which they are to be applied; the job is the last one. */
    public List<HasMetadata> resources() {
        return objects.all();
    }

    /** Return what the rules have to say. */
    public LintReport lint() {
        return lint;
    }

    /** Return the objects as YAML documents. */
    public String toYaml() {
        return objects.yaml(SecretMode.REDACTED);
    }
}
