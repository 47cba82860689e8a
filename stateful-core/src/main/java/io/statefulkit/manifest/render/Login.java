package io.statefulkit.manifest.render;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.statefulkit.internal.Base64Text;
import io.statefulkit.spec.Annotations;
import io.statefulkit.spec.Names;
import io.statefulkit.spec.pod.Credentials;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How a server gets its user and password. From our own Secret the password comes as a file, which processes that the
 * server starts do not inherit; from a foreign one as a variable, since its keys may not be file names.
 *
 * @param source where user and password come from
 * @param defaultUser name of a generated user
 * @param further keys of passwords that are always generated
 */
record Login(Credentials source, String defaultUser, List<String> further, Names names) {

    private static final String DIRECTORY = "/etc/statefulkit/credentials";
    private static final String VOLUME = "credentials";
    private static final String USER_KEY = "username";
    private static final String PASSWORD_KEY = "password";

    /** Return the variable with the user's name. */
    EnvVar user(String variable) {
        return source instanceof Credentials.ExistingSecret secret
                ? fromSecret(variable, secret.secret(), secret.userKey())
                : fromSecret(variable, names.credentialsSecret(), USER_KEY);
    }

    /** Return the variable with the password, or {@code variable_FILE} with the file that has it. */
    EnvVar password(String variable) {
        return source instanceof Credentials.ExistingSecret
                ? passwordValue(variable)
                : file(variable + "_FILE", PASSWORD_KEY);
    }

    /** Return the variable with the password itself, for programs that read no files. */
    EnvVar passwordValue(String variable) {
        return source instanceof Credentials.ExistingSecret secret
                ? fromSecret(variable, secret.secret(), secret.passwordKey())
                : fromSecret(variable, names.credentialsSecret(), PASSWORD_KEY);
    }

    /** Return a variable with the file of this key of our Secret. */
    EnvVar file(String variable, String key) {
        return new EnvVar(variable, DIRECTORY + "/" + key, null);
    }

    Optional<VolumeMount> mount() {
        return ours().map(secret -> new VolumeMountBuilder()
                .withName(VOLUME)
                .withMountPath(DIRECTORY)
                .withReadOnly(true)
                .build());
    }

    Optional<Volume> volume() {
        return ours().map(secret -> new VolumeBuilder()
                .withName(VOLUME)
                .withNewSecret()
                .withSecretName(secret)
                .withDefaultMode(0440)
                .endSecret()
                .build());
    }

    /** Return our Secret, if there is one. A generated password is not in it: it is made when the Secret is created. */
    Optional<Secret> secret(Labels labels) {
        Map<String, String> data = new TreeMap<>();
        List<String> generated = new ArrayList<>(further);
        if (source instanceof Credentials.Generated random) {
            data.put(USER_KEY, Base64Text.encode(random.user().orElse(defaultUser)));
            generated.add(PASSWORD_KEY);
        } else if (source instanceof Credentials.Literal literal) {
            data.put(USER_KEY, Base64Text.encode(literal.user()));
            data.put(PASSWORD_KEY, Base64Text.encode(literal.password()));
        }
        return ours().map(name -> new SecretBuilder()
                .withMetadata(new ObjectMetaBuilder(labels.meta(name))
                        .withAnnotations(
                                generated.isEmpty()
                                        ? null
                                        : Map.of(
                                                Annotations.GENERATE,
                                                String.join(
                                                        ",",
                                                        generated.stream()
                                                                .sorted()
                                                                .toList())))
                        .build())
                .withType("Opaque")
                .withData(data)
                .build());
    }

    private Optional<String> ours() {
        return source instanceof Credentials.ExistingSecret && further.isEmpty()
                ? Optional.empty()
                : Optional.of(names.credentialsSecret());
    }

    private static EnvVar fromSecret(String variable, String secret, String key) {
        return new EnvVarBuilder()
                .withName(variable)
                .withNewValueFrom()
                .withNewSecretKeyRef(key, secret, null)
                .endValueFrom()
                .build();
    }
}
