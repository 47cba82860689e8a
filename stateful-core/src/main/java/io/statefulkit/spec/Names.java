package io.statefulkit.spec;

/**
 * The names of a workload's objects: computed in one place, so that nobody has to type one.
 *
 * @param workload name of the StatefulSet or Deployment, and of the client Service
 */
public record Names(String workload) {

    /** Return the names of this spec's objects. */
    public static Names of(StatefulSpec spec) {
        return new Names(spec.name());
    }

    /** Return the Service that clients connect to. */
    public String clientService() {
        return workload;
    }

    /** Return the headless Service that gives each pod its DNS name. */
    public String headlessService() {
        return workload + "-headless";
    }

    /** Return the Secret of user and password that StatefulKit keeps. */
    public String credentialsSecret() {
        return workload + "-credentials";
    }

    /** Return the ConfigMap of the scripts that the first start runs. */
    public String initScripts() {
        return workload + "-init";
    }

    /** Return the ConfigMap of the backup script. */
    public String backupScript() {
        return workload + "-backup-script";
    }

    /** Return the ConfigMap of the server's configuration. */
    public String configMap() {
        return workload + "-config";
    }

    /** Return the PodDisruptionBudget. */
    public String disruptionBudget() {
        return workload;
    }

    /** Return the pod of this ordinal of a StatefulSet. */
    public String pod(int ordinal) {
        return workload + "-" + ordinal;
    }

    /** Return the claim that a StatefulSet makes for this ordinal from the template of this name. */
    public String claim(String template, int ordinal) {
        return template + "-" + pod(ordinal);
    }

    /** Return the name of the first claim or template, which holds the data; {@code data} if the spec has none. */
    public static String dataClaim(Storage storage) {
        return storage.claims().isEmpty() ? "data" : storage.claims().get(0).name();
    }
}
