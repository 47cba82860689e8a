package io.statefulkit.lint.check;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.statefulkit.lint.Rule;
import io.statefulkit.lint.objects.Manifest;
import io.statefulkit.lint.objects.Pods;
import java.util.Optional;

/** Whether a backup is one. */
final class BackupChecks {

    private BackupChecks() {}

    static void look(Manifest manifest, Findings findings) {
        for (Pods pods : manifest.pods()) {
            for (Container container : pods.containers()) {
                String text = manifest.script(pods, container);
                if (BackupScript.dumps(text)) {
                    script(pods, container, new BackupScript(text), findings);
                }
            }
        }
    }

    private static void script(Pods pods, Container container, BackupScript script, Findings findings) {
        String path = pods.path(container);
        add(script.leavesPartialFiles(), Rule.BK01, path, findings);
        add(script.keepsEverything() && !(pods.owner() instanceof Job), Rule.BK02, path, findings);
        add(script.plain(), Rule.BK03, path, findings);
        add(script.swallowsFailures(), Rule.BK04, path, findings);
        add(script.waitsFirst(), Rule.BK05, path, findings);
        add(script.unverified(), Rule.BK06, path, findings);
        add(script.prunesByAge(), Rule.BK07, path, findings);
        add(script.acceptsEmptyTarget(), Rule.BK09, path, findings);
        add(script.withoutGlobals(), Rule.BK10, path, findings);
        script.target()
                .flatMap(target -> resolved(container, target))
                .filter(target -> !lasting(pods, container, target))
                .ifPresent(target -> findings.add(Rule.BK08, path, target));
    }

    private static void add(boolean found, Rule rule, String path, Findings findings) {
        if (found) {
            findings.add(rule, path);
        }
    }

    /** Return the path with a leading variable replaced; empty if its value is not known. */
    private static Optional<String> resolved(Container container, String target) {
        String path = target;
        for (EnvVar variable : container.getEnv()) {
            if (variable.getValue() != null) {
                path = path.replace("${" + variable.getName() + "}", variable.getValue())
                        .replace("$" + variable.getName(), variable.getValue());
            }
        }
        return Optional.of(path).filter(text -> text.startsWith("/"));
    }

    private static boolean lasting(Pods pods, Container container, String path) {
        return Pods.mountOf(container, path)
                .map(VolumeMount::getName)
                .filter(volume -> pods.claimOf(volume).isPresent()
                        || pods.volume(volume)
                                .filter(some -> some.getEmptyDir() == null)
                                .isPresent())
                .isPresent();
    }
}
