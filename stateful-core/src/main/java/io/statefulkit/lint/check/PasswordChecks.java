package io.statefulkit.lint.check;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Secret;
import io.statefulkit.internal.Base64Text;
import io.statefulkit.lint.Rule;
import io.statefulkit.lint.objects.EngineKind;
import io.statefulkit.lint.objects.Manifest;
import io.statefulkit.lint.objects.Pods;
import io.statefulkit.lint.objects.Server;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Passwords where everybody can read them, and passwords that are none. */
final class PasswordChecks {

    private static final Pattern NAME = Pattern.compile("(?i).*(password|passwd|passphrase|secret|token)");
    /** The value is a yes: the image makes a password up. */
    private static final Pattern MAKES_ONE_UP = Pattern.compile("(MYSQL|MARIADB)_RANDOM_ROOT_PASSWORD");
    /** The value of another variable, which Kubernetes puts there. */
    private static final Pattern REFERENCE = Pattern.compile("\\$\\([A-Za-z_][-._A-Za-z0-9]*\\)");

    private static final Pattern IN_URL = Pattern.compile("://[^/\\s:@]*:[^/\\s@$]+@");
    private static final Pattern IN_COMMAND =
            Pattern.compile("(?i)(PGPASSWORD|MYSQL_PWD|REDISCLI_AUTH)=['\"]?[^\\s'\"$]+|--(password|requirepass)[="
                    + " ]['\"]?[^\\s'\"$-][^\\s'\"]*"
                    + "|\\b(mysql|mysqldump|mysqladmin|mariadb)\\b.*\\s-p[^\\s$'\"]+|redis-cli\\b.*\\s-a\\s+[^\\s$]+");
    private static final Set<String> WELL_KNOWN = Set.of(
            "password",
            "passw0rd",
            "postgres",
            "example",
            "secret",
            "changeme",
            "root",
            "admin",
            "mysecretpassword",
            "test");
    private static final int SHORTEST = 12;

    private PasswordChecks() {}

    static void look(Manifest manifest, Findings findings) {
        manifest.pods()
                .forEach(pods -> pods.containers().forEach(container -> {
                    literals(pods, container, findings);
                    visible(pods, container, findings);
                    twice(pods, container, findings);
                }));
        manifest.all(Secret.class).forEach(secret -> secret(manifest, secret, findings));
    }

    private static void literals(Pods pods, Container container, Findings findings) {
        container.getEnv().stream()
                .filter(variable -> NAME.matcher(variable.getName()).matches())
                .filter(variable ->
                        variable.getValue() != null && !variable.getValue().isEmpty())
                .filter(variable -> !MAKES_ONE_UP.matcher(variable.getName()).matches()
                        && !REFERENCE.matcher(variable.getValue()).matches())
                .forEach(variable -> findings.add(Rule.SEC01, pods.path(container), variable.getName()));
    }

    private static void visible(Pods pods, Container container, Findings findings) {
        container.getEnv().stream()
                .filter(variable -> variable.getValue() != null
                        && IN_URL.matcher(variable.getValue()).find())
                .forEach(variable -> findings.add(Rule.SEC02, pods.path(container), "variable " + variable.getName()));
        String words = Pods.words(container);
        if (IN_URL.matcher(words).find() || IN_COMMAND.matcher(words).find()) {
            findings.add(Rule.SEC02, pods.path(container), "command");
        }
    }

    private static void twice(Pods pods, Container container, Findings findings) {
        container.getEnv().stream()
                .map(EnvVar::getName)
                .filter(name -> Pods.env(container, name + "_FILE").isPresent())
                .filter(name -> Server.of(pods, container).isPresent())
                .forEach(name -> findings.add(Rule.SEC11, pods.path(container), name));
    }

    private static void secret(Manifest manifest, Secret secret, Findings findings) {
        String path = "Secret/" + secret.getMetadata().getName();
        values(secret).forEach((key, value) -> {
            if (!NAME.matcher(key).matches()) {
                return;
            }
            String text = value.strip();
            if (text.length() < SHORTEST || WELL_KNOWN.contains(text.toLowerCase(Locale.ROOT))) {
                findings.add(Rule.SEC05, path, key, text.length());
            }
            if (value.endsWith("\n")) {
                findings.add(Rule.SEC07, path, key);
            }
            if (text.matches(".*['\"\\\\].*") && usedByMySql(manifest, secret)) {
                findings.add(Rule.SEC06, path, key);
            }
        });
    }

    static Map<String, String> values(Secret secret) {
        Map<String, String> values = new TreeMap<>();
        Optional.ofNullable(secret.getData()).orElse(Map.of()).forEach((key, value) -> {
            try {
                values.put(key, Base64Text.decode(value));
            } catch (IllegalArgumentException e) {
                // not Base64: the API server will say so
                values.put(key, value);
            }
        });
        values.putAll(Optional.ofNullable(secret.getStringData()).orElse(Map.of()));
        return values;
    }

    private static boolean usedByMySql(Manifest manifest, Secret secret) {
        String name = secret.getMetadata().getName();
        return manifest.servers().stream()
                .filter(server -> server.engine() == EngineKind.MYSQL)
                .anyMatch(server -> Stream.concat(
                                server.container().getEnv().stream()
                                        .filter(variable -> variable.getValueFrom() != null
                                                && variable.getValueFrom().getSecretKeyRef() != null)
                                        .map(variable -> variable.getValueFrom()
                                                .getSecretKeyRef()
                                                .getName()),
                                server.pods().spec().getVolumes().stream()
                                        .filter(volume -> volume.getSecret() != null)
                                        .map(volume -> volume.getSecret().getSecretName()))
                        .anyMatch(name::equals));
    }
}
