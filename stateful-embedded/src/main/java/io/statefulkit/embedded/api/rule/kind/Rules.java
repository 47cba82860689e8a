package io.statefulkit.embedded.api.rule.kind;

import io.statefulkit.embedded.api.ResourceCatalog;
import io.statefulkit.embedded.api.ResourceType;
import io.statefulkit.embedded.api.rule.KindRules;
import java.util.Map;

/** The rules of each kind. */
public final class Rules {

    private static final KindRules PLAIN = new KindRules() {};

    private final Map<ResourceType, KindRules> rules = Map.ofEntries(
            Map.entry(ResourceCatalog.PODS, new PodRules()),
            Map.entry(ResourceCatalog.NAMESPACES, new NamespaceRules()),
            Map.entry(ResourceCatalog.EVENTS, new EventRules()),
            Map.entry(ResourceCatalog.NODES, new NodeRules()),
            Map.entry(ResourceCatalog.SERVICES, new ServiceRules()),
            Map.entry(ResourceCatalog.CONFIG_MAPS, new ConfigMapRules()),
            Map.entry(ResourceCatalog.CONTROLLER_REVISIONS, new ControllerRevisionRules()),
            Map.entry(ResourceCatalog.POD_DISRUPTION_BUDGETS, new DisruptionBudgetRules()),
            Map.entry(ResourceCatalog.SECRETS, new SecretRules()),
            Map.entry(ResourceCatalog.PERSISTENT_VOLUMES, new VolumeRules()),
            Map.entry(ResourceCatalog.PERSISTENT_VOLUME_CLAIMS, new ClaimRules()),
            Map.entry(ResourceCatalog.LIMIT_RANGES, new LimitRangeRules()),
            Map.entry(ResourceCatalog.RESOURCE_QUOTAS, new ResourceQuotaRules()),
            Map.entry(ResourceCatalog.STATEFUL_SETS, new StatefulSetRules()),
            Map.entry(ResourceCatalog.DEPLOYMENTS, new DeploymentRules()),
            Map.entry(ResourceCatalog.REPLICA_SETS, new ReplicaSetRules()),
            Map.entry(ResourceCatalog.JOBS, new JobRules()),
            Map.entry(ResourceCatalog.CRON_JOBS, new CronJobRules()),
            Map.entry(ResourceCatalog.PRIORITY_CLASSES, new PriorityClassRules()),
            Map.entry(ResourceCatalog.STORAGE_CLASSES, new StorageClassRules()),
            Map.entry(ResourceCatalog.ENDPOINT_SLICES, new EndpointSliceRules()),
            Map.entry(ResourceCatalog.LEASES, new LeaseRules()),
            Map.entry(ResourceCatalog.ROLES, new RoleRules()),
            Map.entry(ResourceCatalog.ROLE_BINDINGS, new RoleRules()),
            Map.entry(ResourceCatalog.CLUSTER_ROLES, new RoleRules()),
            Map.entry(ResourceCatalog.CLUSTER_ROLE_BINDINGS, new RoleRules()));

    public KindRules of(ResourceType type) {
        return rules.getOrDefault(type, PLAIN);
    }
}
