package io.statefulkit.embedded.api;

import io.statefulkit.embedded.api.server.EventsGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The kinds that are served, in the order of discovery. */
public final class ResourceCatalog {

    /** Pods. */
    public static final ResourceType PODS = core("Pod", "pods", "pod", true, true, true, "po", "all");

    /** Namespaces. */
    public static final ResourceType NAMESPACES =
            core("Namespace", "namespaces", "namespace", false, false, true, "ns", "");

    /** Nodes. */
    public static final ResourceType NODES = core("Node", "nodes", "node", false, false, true, "no", "");

    /** Services. */
    public static final ResourceType SERVICES = core("Service", "services", "service", true, false, true, "svc", "all");

    /** Endpoints. */
    public static final ResourceType ENDPOINTS =
            core("Endpoints", "endpoints", "endpoints", true, false, false, "ep", "");

    /** Config maps. */
    public static final ResourceType CONFIG_MAPS =
            core("ConfigMap", "configmaps", "configmap", true, false, false, "cm", "");

    /** Secrets. */
    public static final ResourceType SECRETS = core("Secret", "secrets", "secret", true, false, false, "", "");

    /** Service accounts. */
    public static final ResourceType SERVICE_ACCOUNTS =
            core("ServiceAccount", "serviceaccounts", "serviceaccount", true, false, false, "sa", "");

    /** Events. */
    public static final ResourceType EVENTS = core("Event", "events", "event", true, false, false, "ev", "");

    /** Events once more, in the shape of their own group; see {@link EventsGroup}. */
    public static final ResourceType GROUP_EVENTS =
            other("events.k8s.io", "Event", "events", "event", true, false, false, "ev", "");

    /** Persistent volumes. */
    public static final ResourceType PERSISTENT_VOLUMES =
            core("PersistentVolume", "persistentvolumes", "persistentvolume", false, false, true, "pv", "");

    /** Persistent volume claims. */
    public static final ResourceType PERSISTENT_VOLUME_CLAIMS = core(
            "PersistentVolumeClaim", "persistentvolumeclaims", "persistentvolumeclaim", true, false, true, "pvc", "");

    /** Resource quotas. */
    public static final ResourceType RESOURCE_QUOTAS =
            core("ResourceQuota", "resourcequotas", "resourcequota", true, false, true, "quota", "");

    /** Limit ranges. */
    public static final ResourceType LIMIT_RANGES =
            core("LimitRange", "limitranges", "limitrange", true, false, false, "limits", "");

    /** Stateful sets. */
    public static final ResourceType STATEFUL_SETS = new ResourceType(
            "apps",
            "v1",
            "StatefulSet",
            "statefulsets",
            "statefulset",
            true,
            List.of("sts"),
            true,
            true,
            true,
            everywhere());

    /** Deployments. */
    public static final ResourceType DEPLOYMENTS = new ResourceType(
            "apps",
            "v1",
            "Deployment",
            "deployments",
            "deployment",
            true,
            List.of("deploy"),
            true,
            true,
            true,
            everywhere());

    /** Replica sets. */
    public static final ResourceType REPLICA_SETS = new ResourceType(
            "apps",
            "v1",
            "ReplicaSet",
            "replicasets",
            "replicaset",
            true,
            List.of("rs"),
            true,
            true,
            true,
            everywhere());

    /** Controller revisions. */
    public static final ResourceType CONTROLLER_REVISIONS = other(
            "apps", "ControllerRevision", "controllerrevisions", "controllerrevision", true, false, false, "", "");

    /** Jobs. */
    public static final ResourceType JOBS = other("batch", "Job", "jobs", "job", true, true, true, "", "all");

    /** Cron jobs. */
    public static final ResourceType CRON_JOBS =
            other("batch", "CronJob", "cronjobs", "cronjob", true, true, true, "cj", "all");

    /** Storage classes. */
    public static final ResourceType STORAGE_CLASSES =
            other("storage.k8s.io", "StorageClass", "storageclasses", "storageclass", false, false, false, "sc", "");

    /** Endpoint slices. */
    public static final ResourceType ENDPOINT_SLICES =
            other("discovery.k8s.io", "EndpointSlice", "endpointslices", "endpointslice", true, true, false, "", "");

    /** Pod disruption budgets. */
    public static final ResourceType POD_DISRUPTION_BUDGETS = other(
            "policy",
            "PodDisruptionBudget",
            "poddisruptionbudgets",
            "poddisruptionbudget",
            true,
            true,
            true,
            "pdb",
            "");

    /** Network policies: stored, not enforced. */
    public static final ResourceType NETWORK_POLICIES = other(
            "networking.k8s.io", "NetworkPolicy", "networkpolicies", "networkpolicy", true, true, false, "netpol", "");

    /** Priority classes: stored. */
    public static final ResourceType PRIORITY_CLASSES = other(
            "scheduling.k8s.io", "PriorityClass", "priorityclasses", "priorityclass", false, true, false, "pc", "");

    /** Leases: stored. */
    public static final ResourceType LEASES =
            other("coordination.k8s.io", "Lease", "leases", "lease", true, false, false, "", "");

    /** Roles: stored, not enforced. */
    public static final ResourceType ROLES =
            other("rbac.authorization.k8s.io", "Role", "roles", "role", true, false, false, "", "");

    /** Role bindings: stored, not enforced. */
    public static final ResourceType ROLE_BINDINGS = other(
            "rbac.authorization.k8s.io", "RoleBinding", "rolebindings", "rolebinding", true, false, false, "", "");

    /** Cluster roles: stored, not enforced. */
    public static final ResourceType CLUSTER_ROLES = other(
            "rbac.authorization.k8s.io", "ClusterRole", "clusterroles", "clusterrole", false, false, false, "", "");

    /** Cluster role bindings: stored, not enforced. */
    public static final ResourceType CLUSTER_ROLE_BINDINGS = other(
            "rbac.authorization.k8s.io",
            "ClusterRoleBinding",
            "clusterrolebindings",
            "clusterrolebinding",
            false,
            false,
            false,
            "",
            "");

    /** Ingresses: stored, nothing serves them. */
    public static final ResourceType INGRESSES =
            other("networking.k8s.io", "Ingress", "ingresses", "ingress", true, true, true, "ing", "");

    private final List<ResourceType> types;

    /** Makes the catalog of the kinds above. */
    public ResourceCatalog() {
        this.types = List.of(
                PODS,
                NAMESPACES,
                NODES,
                SERVICES,
                ENDPOINTS,
                CONFIG_MAPS,
                SECRETS,
                SERVICE_ACCOUNTS,
                EVENTS,
                PERSISTENT_VOLUMES,
                PERSISTENT_VOLUME_CLAIMS,
                RESOURCE_QUOTAS,
                LIMIT_RANGES,
                STATEFUL_SETS,
                DEPLOYMENTS,
                REPLICA_SETS,
                CONTROLLER_REVISIONS,
                JOBS,
                CRON_JOBS,
                STORAGE_CLASSES,
                ENDPOINT_SLICES,
                POD_DISRUPTION_BUDGETS,
                NETWORK_POLICIES,
                PRIORITY_CLASSES,
                LEASES,
                ROLES,
                ROLE_BINDINGS,
                CLUSTER_ROLES,
                CLUSTER_ROLE_BINDINGS,
                INGRESSES);
    }

    private ResourceCatalog(List<ResourceType> types) {
        this.types = types;
    }

    /** Returns a catalog with one more kind. */
    public ResourceCatalog with(ResourceType type) {
        List<ResourceType> more = new ArrayList<>(types);
        more.add(type);
        return new ResourceCatalog(List.copyOf(more));
    }

    /** Returns all kinds. */
    public List<ResourceType> types() {
        return types;
    }

    /** Returns the kind behind a path. */
    public Optional<ResourceType> find(String group, String version, String plural) {
        return types.stream()
                .filter(type -> type.group().equals(group)
                        && type.version().equals(version)
                        && type.plural().equals(plural))
                .findFirst();
    }

    /** Returns the kind that an object names. */
    public Optional<ResourceType> ofKind(String apiVersion, String kind) {
        return types.stream()
                .filter(type ->
                        type.apiVersion().equals(apiVersion) && type.kind().equals(kind))
                .findFirst();
    }

    private static List<String> everywhere() {
        return List.of("all");
    }

    private static ResourceType core(
            String kind,
            String plural,
            String singular,
            boolean namespaced,
            boolean generation,
            boolean status,
            String shortName,
            String category) {
        return type("", kind, plural, singular, namespaced, generation, status, shortName, category);
    }

    private static ResourceType other(
            String group,
            String kind,
            String plural,
            String singular,
            boolean namespaced,
            boolean generation,
            boolean status,
            String shortName,
            String category) {
        return type(group, kind, plural, singular, namespaced, generation, status, shortName, category);
    }

    private static ResourceType type(
            String group,
            String kind,
            String plural,
            String singular,
            boolean namespaced,
            boolean generation,
            boolean status,
            String shortName,
            String category) {
        return new ResourceType(
                group,
                "v1",
                kind,
                plural,
                singular,
                namespaced,
                one(new ArrayList<>(), shortName),
                generation,
                status,
                false,
                one(new ArrayList<>(), category));
    }

    private static List<String> one(List<String> list, String value) {
        if (!value.isEmpty()) {
            list.add(value);
        }
        return list;
    }
}
