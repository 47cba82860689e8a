package io.statefulkit.embedded.api;

import static io.statefulkit.embedded.api.KindTrait.ALL;
import static io.statefulkit.embedded.api.KindTrait.CLUSTER_WIDE;
import static io.statefulkit.embedded.api.KindTrait.GENERATION;
import static io.statefulkit.embedded.api.KindTrait.SCALE;
import static io.statefulkit.embedded.api.KindTrait.STATUS;
import static io.statefulkit.embedded.api.KindTrait.kind;

import io.statefulkit.embedded.api.server.EventsGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The kinds that are served, in the order of discovery. */
public final class ResourceCatalog {

    /** Pods. */
    public static final ResourceType PODS = kind("", "Pod", "pods", "po", GENERATION, STATUS, ALL);

    /** Namespaces. */
    public static final ResourceType NAMESPACES = kind("", "Namespace", "namespaces", "ns", CLUSTER_WIDE, STATUS);

    /** Nodes. */
    public static final ResourceType NODES = kind("", "Node", "nodes", "no", CLUSTER_WIDE, STATUS);

    /** Services. */
    public static final ResourceType SERVICES = kind("", "Service", "services", "svc", STATUS, ALL);

    /** Endpoints. */
    public static final ResourceType ENDPOINTS = kind("", "Endpoints", "endpoints", "ep");

    /** Config maps. */
    public static final ResourceType CONFIG_MAPS = kind("", "ConfigMap", "configmaps", "cm");

    /** Secrets. */
    public static final ResourceType SECRETS = kind("", "Secret", "secrets", "");

    /** Service accounts. */
    public static final ResourceType SERVICE_ACCOUNTS = kind("", "ServiceAccount", "serviceaccounts", "sa");

    /** Events. */
    public static final ResourceType EVENTS = kind("", "Event", "events", "ev");

    /** Events once more, in the shape of their own group; see {@link EventsGroup}. */
    public static final ResourceType GROUP_EVENTS = kind("events.k8s.io", "Event", "events", "ev");

    /** Persistent volumes. */
    public static final ResourceType PERSISTENT_VOLUMES =
            kind("", "PersistentVolume", "persistentvolumes", "pv", CLUSTER_WIDE, STATUS);

    /** Persistent volume claims. */
    public static final ResourceType PERSISTENT_VOLUME_CLAIMS =
            kind("", "PersistentVolumeClaim", "persistentvolumeclaims", "pvc", STATUS);

    /** Resource quotas. */
    public static final ResourceType RESOURCE_QUOTAS = kind("", "ResourceQuota", "resourcequotas", "quota", STATUS);

    /** Limit ranges. */
    public static final ResourceType LIMIT_RANGES = kind("", "LimitRange", "limitranges", "limits");

    /** Stateful sets. */
    public static final ResourceType STATEFUL_SETS =
            kind("apps", "StatefulSet", "statefulsets", "sts", GENERATION, STATUS, SCALE, ALL);

    /** Deployments. */
    public static final ResourceType DEPLOYMENTS =
            kind("apps", "Deployment", "deployments", "deploy", GENERATION, STATUS, SCALE, ALL);

    /** Replica sets. */
    public static final ResourceType REPLICA_SETS =
            kind("apps", "ReplicaSet", "replicasets", "rs", GENERATION, STATUS, SCALE, ALL);

    /** Controller revisions. */
    public static final ResourceType CONTROLLER_REVISIONS =
            kind("apps", "ControllerRevision", "controllerrevisions", "");

    /** Jobs. */
    public static final ResourceType JOBS = kind("batch", "Job", "jobs", "", GENERATION, STATUS, ALL);

    /** Cron jobs. */
    public static final ResourceType CRON_JOBS = kind("batch", "CronJob", "cronjobs", "cj", GENERATION, STATUS, ALL);

    /** Storage classes. */
    public static final ResourceType STORAGE_CLASSES =
            kind("storage.k8s.io", "StorageClass", "storageclasses", "sc", CLUSTER_WIDE);

    /** Endpoint slices. */
    public static final ResourceType ENDPOINT_SLICES =
            kind("discovery.k8s.io", "EndpointSlice", "endpointslices", "", GENERATION);

    /** Pod disruption budgets. */
    public static final ResourceType POD_DISRUPTION_BUDGETS =
            kind("policy", "PodDisruptionBudget", "poddisruptionbudgets", "pdb", GENERATION, STATUS);

    /** Network policies: stored, not enforced. */
    public static final ResourceType NETWORK_POLICIES =
            kind("networking.k8s.io", "NetworkPolicy", "networkpolicies", "netpol", GENERATION);

    /** Priority classes: stored. */
    public static final ResourceType PRIORITY_CLASSES =
            kind("scheduling.k8s.io", "PriorityClass", "priorityclasses", "pc", CLUSTER_WIDE, GENERATION);

    /** Leases: stored. */
    public static final ResourceType LEASES = kind("coordination.k8s.io", "Lease", "leases", "");

    /** Roles: stored, not enforced. */
    public static final ResourceType ROLES = kind("rbac.authorization.k8s.io", "Role", "roles", "");

    /** Role bindings: stored, not enforced. */
    public static final ResourceType ROLE_BINDINGS =
            kind("rbac.authorization.k8s.io", "RoleBinding", "rolebindings", "");

    /** Cluster roles: stored, not enforced. */
    public static final ResourceType CLUSTER_ROLES =
            kind("rbac.authorization.k8s.io", "ClusterRole", "clusterroles", "", CLUSTER_WIDE);

    /** Cluster role bindings: stored, not enforced. */
    public static final ResourceType CLUSTER_ROLE_BINDINGS =
            kind("rbac.authorization.k8s.io", "ClusterRoleBinding", "clusterrolebindings", "", CLUSTER_WIDE);

    /** Ingresses: stored, nothing serves them. */
    public static final ResourceType INGRESSES =
            kind("networking.k8s.io", "Ingress", "ingresses", "ing", GENERATION, STATUS);

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
}
