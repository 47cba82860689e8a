package io.statefulkit.embedded.api.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Api;
import io.statefulkit.embedded.api.Failure;
import io.statefulkit.embedded.api.ResourceCatalog;
import io.statefulkit.embedded.api.ResourceType;
import io.statefulkit.embedded.api.WriteOptions;
import io.statefulkit.embedded.json.Json;
import java.util.List;
import java.util.Optional;

/** The objects that are there before the first client comes. */
final class Bootstrap {

    private static final String ACCOUNT = "default";
    private static final String ROOT = "kube-root-ca.crt";
    private static final WriteOptions SERVER = WriteOptions.by("kube-apiserver");

    private final String rootCertificate;

    /**
     * Makes the objects of a cluster.
     *
     * @param rootCertificate what clients inside the cluster trust, in PEM
     */
    Bootstrap(String rootCertificate) {
        this.rootCertificate = rootCertificate;
    }

    void run(Api api) {
        for (String name : List.of("default", "kube-system", "kube-public", "kube-node-lease")) {
            api.create(ResourceCatalog.NAMESPACES, "", named(name), SERVER);
        }
        ObjectNode storageClass = named("local-path");
        Json.child(Json.child(storageClass, "metadata"), "annotations")
                .put("storageclass.kubernetes.io/is-default-class", "true");
        storageClass
                .put("provisioner", "rancher.io/local-path")
                .put("reclaimPolicy", "Delete")
                .put("volumeBindingMode", "WaitForFirstConsumer");
        api.create(ResourceCatalog.STORAGE_CLASSES, "", storageClass, SERVER);
        api.create(ResourceCatalog.SERVICES, "default", kubernetesService(), SERVER);
    }

    private static ObjectNode kubernetesService() {
        ObjectNode service = named("kubernetes");
        ObjectNode labels = Json.child(Json.child(service, "metadata"), "labels");
        labels.put("component", "apiserver").put("provider", "kubernetes");
        service.putObject("spec")
                .putArray("ports")
                .addObject()
                .put("name", "https")
                .put("protocol", "TCP")
                .put("port", 443)
                .put("targetPort", 6443);
        return service;
    }

    /** Returns the name of the object of this kind that every namespace has, if there is one. */
    static Optional<String> everywhere(ResourceType type) {
        if (type.equals(ResourceCatalog.SERVICE_ACCOUNTS)) {
            return Optional.of(ACCOUNT);
        }
        return type.equals(ResourceCatalog.CONFIG_MAPS) ? Optional.of(ROOT) : Optional.empty();
    }

    /** Makes what every namespace has from the start, as far as it is not there. */
    void fill(Api api, String namespace) {
        createOnce(api, ResourceCatalog.SERVICE_ACCOUNTS, namespace, named(ACCOUNT));
        ObjectNode root = named(ROOT);
        Json.child(Json.child(root, "metadata"), "annotations")
                .put(
                        "kubernetes.io/description",
                        "Contains a CA bundle that can be used to verify the kube-apiserver when using internal"
                                + " endpoints such as the internal service IP or kubernetes.default.svc. No other usage is"
                                + " guaranteed across distributions of Kubernetes clusters.");
        root.putObject("data").put("ca.crt", rootCertificate);
        createOnce(api, ResourceCatalog.CONFIG_MAPS, namespace, root);
    }

    /** Creates an object unless it is there, or its namespace goes already. */
    private static void createOnce(Api api, ResourceType type, String namespace, ObjectNode object) {
        try {
            api.create(type, namespace, object, SERVER);
        } catch (Failure failure) {
            if (failure.code() != 409 && failure.code() != 403 && failure.code() != 404) {
                throw failure;
            }
        }
    }

    private static ObjectNode named(String name) {
        ObjectNode object = Json.object();
        object.putObject("metadata").put("name", name);
        return object;
    }
}
