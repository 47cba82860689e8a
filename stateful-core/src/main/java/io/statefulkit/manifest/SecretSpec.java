package io.statefulkit.manifest;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.statefulkit.internal.Base64Text;
import io.statefulkit.internal.Marks;
import io.statefulkit.spec.Annotations;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A Secret of a plan. If some of its keys are generated, a deployment creates it once, with values it makes up, and
 * never changes it again: the volume remembers the password that it was initialised with.
 *
 * @param secret the object as planned, without the generated values
 */
public record SecretSpec(Secret secret) {

    /** Return the Secret's name. */
    public String name() {
        return secret.getMetadata().getName();
    }

    /** Return the keys whose values are made up when the Secret is created. */
    public List<String> generatedKeys() {
        String keys = Marks.annotations(secret.getMetadata()).getOrDefault(Annotations.GENERATE, "");
        return Arrays.stream(keys.split(",")).filter(key -> !key.isEmpty()).toList();
    }

    /** Return true if the Secret is only to be created, never applied over one that is there. */
    public boolean createOnly() {
        return !generatedKeys().isEmpty();
    }

    /**
     * Return the object to create, with a value for each generated key.
     *
     * @param value makes the value of a key, for example 32 random letters and digits
     */
    public Secret filled(UnaryOperator<String> value) {
        SecretBuilder filled = new SecretBuilder(secret);
        generatedKeys().forEach(key -> filled.addToData(key, Base64Text.encode(value.apply(key))));
        return filled.build();
    }

    /** Return the name only: values of Secrets are never printed. */
    @Override
    public String toString() {
        return "SecretSpec[" + name() + "]";
    }
}
