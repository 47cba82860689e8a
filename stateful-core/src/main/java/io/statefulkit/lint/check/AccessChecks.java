package io.statefulkit.lint.check;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.SecretKeySelector;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.statefulkit.lint.Rule;
import io.statefulkit.lint.objects.Manifest;
import io.statefulkit.lint.objects.Pods;
import io.statefulkit.lint.objects.Server;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who may do what: in the database, in the pod, over the network. */
final class AccessChecks {

    private AccessChecks() {}

    static void look(Manifest manifest, Findings findings) {
        for (Server server : manifest.servers()) {
            switch (server.engine()) {
                case POSTGRES -> postgres(manifest, server, findings);
                case MYSQL -> mysql(server, findings);
                case REDIS -> RedisChecks.access(manifest, server, findings);
            }
            network(manifest, server, findings);
        }
        manifest.pods().forEach(pods -> restricted(pods, findings));
    }

    private static void postgres(Manifest manifest, Server server, Findings findings) {
        boolean hardened = Pods.value(server.container(), "POSTGRES_INITDB_ARGS")
                .filter(args -> args.contains("auth-host") || args.contains("--auth=") || args.contains("-A "))
                .isPresent();
        if (!hardened) {
            findings.add(Rule.SEC03, server.path());
        }
        Pods.env(server.container(), "POSTGRES_PASSWORD")
                .flatMap(AccessChecks::secretKey)
                .ifPresent(key -> manifest.pods().stream()
                        .filter(pods -> !pods.job() && !pods.equals(server.pods()))
                        .filter(pods -> pods.containers().stream()
                                .flatMap(container -> container.getEnv().stream())
                                .flatMap(variable -> secretKey(variable).stream())
                                .anyMatch(key::equals))
                        .forEach(pods -> findings.add(Rule.SEC08, pods.path(), key.getName())));
    }

    private static Optional<SecretKeySelector> secretKey(EnvVar variable) {
        return Optional.ofNullable(variable.getValueFrom()).map(EnvVarSource::getSecretKeyRef);
    }

    private static void mysql(Server server, Findings findings) {
        boolean local = List.of("MYSQL_ROOT_HOST", "MARIADB_ROOT_HOST").stream()
                .anyMatch(name -> Pods.value(server.container(), name)
                        .filter(host -> !host.contains("%"))
                        .isPresent());
        if (!local) {
            findings.add(Rule.SEC10, server.path());
        }
    }

    private static void network(Manifest manifest, Server server, Findings findings) {
        boolean covered = manifest.all(NetworkPolicy.class).stream()
                .filter(policy -> policy.getSpec() != null && policy.getSpec().getPodSelector() != null)
                .map(policy -> Optional.ofNullable(
                                policy.getSpec().getPodSelector().getMatchLabels())
                        .orElse(Map.of()))
                .anyMatch(selector -> server.pods().labels().entrySet().containsAll(selector.entrySet()));
        if (!covered) {
            findings.add(Rule.SEC12, server.pods().path());
        }
    }

    private static void restricted(Pods pods, Findings findings) {
        List<String> missing = new ArrayList<>();
        PodSecurityContext pod = pods.spec().getSecurityContext();
        for (Container container : pods.containers()) {
            SecurityContext own = container.getSecurityContext();
            boolean nonRoot = (pod != null && Boolean.TRUE.equals(pod.getRunAsNonRoot()))
                    || (own != null && Boolean.TRUE.equals(own.getRunAsNonRoot()));
            boolean seccomp = (pod != null && pod.getSeccompProfile() != null)
                    || (own != null && own.getSeccompProfile() != null);
            boolean dropped = own != null
                    && own.getCapabilities() != null
                    && own.getCapabilities().getDrop().contains("ALL");
            note(missing, nonRoot, "runAsNonRoot");
            note(missing, seccomp, "seccompProfile");
            note(
                    missing,
                    own != null && Boolean.FALSE.equals(own.getAllowPrivilegeEscalation()),
                    "allowPrivilegeEscalation: false");
            note(missing, dropped, "capabilities.drop: ALL");
        }
        note(missing, !Boolean.TRUE.equals(pods.spec().getHostNetwork()), "hostNetwork: false");
        note(
                missing,
                pods.spec().getVolumes().stream().allMatch(volume -> volume.getHostPath() == null),
                "no hostPath volume");
        if (!missing.isEmpty()) {
            findings.add(Rule.SEC09, pods.path(), String.join(", ", missing));
        }
    }

    private static void note(List<String> missing, boolean fine, String field) {
        if (!fine && !missing.contains(field)) {
            missing.add(field);
        }
    }
}
