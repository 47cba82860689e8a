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
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How a server gets its user and password. From our own Secret the password comes as a file, which processes that the
 * server starts do not inherit; from a foreign one as a variable, since its keys may not be file names.
 */
record Login(Credentials source, String defaultUser, Names names) {

    private static final String DIRECTORY = "/etc/statefulkit/credentials";
    private static final String VOLUME = "credentials";
    private static final String USER_KEY = "username";
    private static final String PASSWORD_KEY = "password";

    static Login of(Credentials source, String defaultUser, Names names) {
        return new Login(source, defaultUser, names);
    }

    EnvVar user(String variable) {
        return source instanceof Credentials.ExistingSecret secret
                ? fromSecret(variable, secret.secret(), secret.userKey())
                : fromSecret(variable, names.credentialsSecret(), USER_KEY);
    }

    EnvVar password(String variable) {
        return source instanceof Credentials.ExistingSecret secret
                ? fromSecret(variable, secret.secret(), secret.passwordKey())
                : new EnvVar(variable + "_FILE", DIRECTORY + "/" + PASSWORD_KEY, null);
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
        Map<String, String> annotations = new TreeMap<>();
        if (source instanceof Credentials.Generated generated) {
            data.put(USER_KEY, Base64Text.encode(generated.user().orElse(defaultUser)));
            annotations.put(Annotations.GENERATE, PASSWORD_KEY);
        } else if (source instanceof Credentials.Literal literal) {
            data.put(USER_KEY, Base64Text.encode(literal.user()));
            data.put(PASSWORD_KEY, Base64Text.encode(literal.password()));
        }
        return ours().map(name -> new SecretBuilder()
                .withMetadata(new ObjectMetaBuilder(labels.meta(name))
                        .withAnnotations(annotations.isEmpty() ? null : annotations)
                        .build())
                .withType("Opaque")
                .withData(data)
                .build());
    }

    private Optional<String> ours() {
        return source instanceof Credentials.ExistingSecret ? Optional.empty() : Optional.of(names.credentialsSecret());
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
