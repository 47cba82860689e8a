package io.statefulkit.manifest;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Objects as YAML documents. */
final class YamlText {

    private YamlText() {}

    static String of(List<HasMetadata> objects, SecretMode mode) {
        StringBuilder text = new StringBuilder();
        objects.forEach(object -> text.append(document(object, mode)));
        return text.toString();
    }

    static String document(HasMetadata object, SecretMode mode) {
        if (object instanceof Secret secret && mode == SecretMode.REDACTED) {
            // Left out, not masked: a masked value would become the password if somebody applied the text.
            Secret hidden = new SecretBuilder(secret)
                    .withData(null)
                    .withStringData(null)
                    .build();
            return yaml(hidden) + "# not shown: " + String.join(", ", keys(secret)) + "\n";
        }
        return yaml(object);
    }

    private static Set<String> keys(Secret secret) {
        Set<String> keys = new TreeSet<>(
                Optional.ofNullable(secret.getStringData()).orElse(Map.of()).keySet());
        keys.addAll(Optional.ofNullable(secret.getData()).orElse(Map.of()).keySet());
        return keys;
    }

    private static String yaml(HasMetadata object) {
        String text = Serialization.asYaml(object);
        return text.startsWith("---") ? text : "---\n" + text;
    }
}
