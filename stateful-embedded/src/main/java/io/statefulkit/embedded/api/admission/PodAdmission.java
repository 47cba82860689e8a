package io.statefulkit.embedded.api.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Failures;
import io.statefulkit.embedded.api.ResourceCatalog;
import io.statefulkit.embedded.api.rule.Defaults;
import io.statefulkit.embedded.api.value.NameSuffix;
import io.statefulkit.embedded.api.value.Target;
import io.statefulkit.embedded.json.Json;
import io.statefulkit.embedded.store.ObjectStore;

/** What pods get on the way in: service account, priority, tolerations. */
final class PodAdmission {

    private static final String TOKEN_PATH = "/var/run/secrets/kubernetes.io/serviceaccount";
    private static final int DEFAULT_MODE = 0644;

    private final ObjectStore store;
    private final PodPriority priorities;

    PodAdmission(ObjectStore store) {
        this.store = store;
        this.priorities = new PodPriority(store);
    }

    void admit(String namespace, ObjectNode pod) {
        ObjectNode spec = Json.child(pod, "spec");
        serviceAccount(namespace, pod, spec);
        priorities.assign(Json.text(pod, "metadata", "name"), spec);
        tolerate(spec, "node.kubernetes.io/not-ready");
        tolerate(spec, "node.kubernetes.io/unreachable");
    }

    private void serviceAccount(String namespace, ObjectNode pod, ObjectNode spec) {
        Defaults.text(spec, "serviceAccountName", "default");
        String name = Json.text(spec, "serviceAccountName");
        spec.put("serviceAccount", name);
        ObjectNode account = store.get(Target.key(ResourceCatalog.SERVICE_ACCOUNTS, namespace, name))
                .orElseThrow(() -> Failures.forbidden(
                        ResourceCatalog.PODS,
                        Json.text(pod, "metadata", "name"),
                        "error looking up service account " + namespace + "/" + name + ": serviceaccount \"" + name
                                + "\" not found"));
        JsonNode secrets = account.path("imagePullSecrets");
        if (spec.path("imagePullSecrets").isEmpty() && !secrets.isEmpty()) {
            spec.set("imagePullSecrets", secrets.deepCopy());
        }
        boolean automount = spec.path("automountServiceAccountToken")
                .asBoolean(account.path("automountServiceAccountToken").asBoolean(true));
        if (automount) {
            mountToken(spec);
        }
    }

    private static void mountToken(ObjectNode spec) {
        String volume = NameSuffix.generate("kube-api-access-");
        boolean used = false;
        for (String list : new String[] {"initContainers", "containers"}) {
            for (ObjectNode container : Json.objects(spec, list)) {
                used |= mount(container, volume);
            }
        }
        if (used) {
            spec.withArray("volumes").add(tokenVolume(volume));
        }
    }

    private static boolean mount(ObjectNode container, String volume) {
        for (ObjectNode mount : Json.objects(container, "volumeMounts")) {
            if (Json.text(mount, "mountPath").equals(TOKEN_PATH)) {
                return false;
            }
        }
        container
                .withArray("volumeMounts")
                .addObject()
                .put("name", volume)
                .put("readOnly", true)
                .put("mountPath", TOKEN_PATH);
        return true;
    }

    private static ObjectNode tokenVolume(String name) {
        ObjectNode volume = Json.object().put("name", name);
        ObjectNode projected = volume.putObject("projected");
        ArrayNode sources = projected.putArray("sources");
        sources.addObject()
                .putObject("serviceAccountToken")
                .put("expirationSeconds", 3607)
                .put("path", "token");
        ObjectNode root = sources.addObject().putObject("configMap").put("name", "kube-root-ca.crt");
        root.putArray("items").addObject().put("key", "ca.crt").put("path", "ca.crt");
        ObjectNode item =
                sources.addObject().putObject("downwardAPI").putArray("items").addObject();
        item.put("path", "namespace")
                .putObject("fieldRef")
                .put("apiVersion", "v1")
                .put("fieldPath", "metadata.namespace");
        projected.put("defaultMode", DEFAULT_MODE);
        return volume;
    }

    private static void tolerate(ObjectNode spec, String taint) {
        for (ObjectNode toleration : Json.objects(spec, "tolerations")) {
            String key = Json.text(toleration, "key");
            String effect = Json.text(toleration, "effect");
            if ((key.isEmpty() || key.equals(taint)) && (effect.isEmpty() || effect.equals("NoExecute"))) {
                return;
            }
        }
        spec.withArray("tolerations")
                .addObject()
                .put("key", taint)
                .put("operator", "Exists")
                .put("effect", "NoExecute")
                .put("tolerationSeconds", 300);
    }
}
