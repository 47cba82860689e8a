package io.statefulkit.embedded.http.table;

import static io.statefulkit.embedded.http.table.Column.number;
import static io.statefulkit.embedded.http.table.Column.text;
import static io.statefulkit.embedded.http.table.Column.wide;

import io.statefulkit.embedded.api.ResourceCatalog;
import io.statefulkit.embedded.api.ResourceType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The columns of each kind. */
final class Columns {

    private static final Column NAME = text("Name", Cells::name);
    private static final Column AGE = text("Age", Cells::age);
    private static final List<Column> CONTAINERS =
            List.of(wide("Containers", Cells::containers), wide("Images", Cells::images));
    private static final Map<ResourceType, List<Column>> BY_TYPE = all();

    private Columns() {}

    static List<Column> of(ResourceType type) {
        return BY_TYPE.getOrDefault(type, List.of(NAME, AGE));
    }

    private static Map<ResourceType, List<Column>> all() {
        Map<ResourceType, List<Column>> all = new HashMap<>();
        workloads(all);
        batch(all);
        network(all);
        volumes(all);
        cluster(all);
        return Map.copyOf(all);
    }

    private static void workloads(Map<ResourceType, List<Column>> all) {
        all.put(
                ResourceCatalog.PODS,
                List.of(
                        NAME,
                        text("Ready", PodCells::ready),
                        text("Status", PodCells::status),
                        text("Restarts", PodCells::restarts),
                        AGE,
                        wide("IP", cells -> cells.textOr("<none>", "status", "podIP")),
                        wide("Node", cells -> cells.textOr("<none>", "spec", "nodeName")),
                        wide("Nominated Node", cells -> cells.textOr("<none>", "status", "nominatedNodeName")),
                        wide("Readiness Gates", PodCells::readinessGates)));
        all.put(
                ResourceCatalog.STATEFUL_SETS,
                joined(List.of(NAME, text("Ready", Cells::readyReplicas), AGE), CONTAINERS));
        all.put(
                ResourceCatalog.DEPLOYMENTS,
                joined(
                        List.of(
                                NAME,
                                text("Ready", Cells::readyReplicas),
                                text("Up-to-date", cells -> cells.count("status", "updatedReplicas")),
                                text("Available", cells -> cells.count("status", "availableReplicas")),
                                AGE),
                        CONTAINERS,
                        List.of(wide("Selector", Cells::matchLabels))));
        all.put(
                ResourceCatalog.REPLICA_SETS,
                joined(
                        List.of(
                                NAME,
                                number("Desired", cells -> cells.count("spec", "replicas")),
                                number("Current", cells -> cells.count("status", "replicas")),
                                number("Ready", cells -> cells.count("status", "readyReplicas")),
                                AGE),
                        CONTAINERS,
                        List.of(wide("Selector", Cells::matchLabels))));
        all.put(
                ResourceCatalog.CONTROLLER_REVISIONS,
                List.of(
                        NAME,
                        text("Controller", Cells::controller),
                        text("Revision", cells -> cells.count("revision")),
                        AGE));
    }

    private static void batch(Map<ResourceType, List<Column>> all) {
        all.put(
                ResourceCatalog.JOBS,
                joined(
                        List.of(
                                NAME,
                                text("Status", JobCells::status),
                                text("Completions", JobCells::completions),
                                text("Duration", JobCells::duration),
                                AGE),
                        CONTAINERS,
                        List.of(wide("Selector", Cells::matchLabels))));
        all.put(
                ResourceCatalog.CRON_JOBS,
                joined(
                        List.of(
                                NAME,
                                text("Schedule", cells -> cells.textOr("", "spec", "schedule")),
                                text("Timezone", cells -> cells.textOr("<none>", "spec", "timeZone")),
                                new Column("Suspend", "boolean", false, JobCells::suspended),
                                number(
                                        "Active",
                                        cells -> cells.object()
                                                .path("status")
                                                .path("active")
                                                .size()),
                                text("Last Schedule", JobCells::lastSchedule),
                                AGE),
                        List.of(
                                wide("Containers", JobCells::cronContainers),
                                wide("Images", JobCells::cronImages),
                                wide("Selector", cells -> "<none>"))));
    }

    private static void network(Map<ResourceType, List<Column>> all) {
        all.put(
                ResourceCatalog.SERVICES,
                List.of(
                        NAME,
                        text("Type", cells -> cells.textOr("ClusterIP", "spec", "type")),
                        text("Cluster-IP", cells -> cells.textOr("<none>", "spec", "clusterIP")),
                        text("External-IP", NetworkCells::externalAddress),
                        text("Port(s)", NetworkCells::servicePorts),
                        AGE,
                        wide(
                                "Selector",
                                cells -> Cells.pairs(cells.object().path("spec").path("selector")))));
        all.put(ResourceCatalog.ENDPOINTS, List.of(NAME, text("Endpoints", NetworkCells::endpoints), AGE));
        all.put(
                ResourceCatalog.ENDPOINT_SLICES,
                List.of(
                        NAME,
                        text("AddressType", cells -> cells.textOr("", "addressType")),
                        text("Ports", NetworkCells::slicePorts),
                        text("Endpoints", NetworkCells::sliceAddresses),
                        AGE));
    }

    private static void volumes(Map<ResourceType, List<Column>> all) {
        all.put(
                ResourceCatalog.PERSISTENT_VOLUME_CLAIMS,
                List.of(
                        NAME,
                        text("Status", VolumeCells::status),
                        text("Volume", cells -> cells.textOr("", "spec", "volumeName")),
                        text("Capacity", VolumeCells::claimCapacity),
                        text("Access Modes", VolumeCells::claimModes),
                        text("StorageClass", cells -> cells.textOr("", "spec", "storageClassName")),
                        text("VolumeAttributesClass", VolumeCells::attributesClass),
                        AGE,
                        wide("VolumeMode", VolumeCells::mode)));
        all.put(
                ResourceCatalog.PERSISTENT_VOLUMES,
                List.of(
                        NAME,
                        text("Capacity", cells -> cells.textOr("", "spec", "capacity", "storage")),
                        text(
                                "Access Modes",
                                cells -> VolumeCells.modes(
                                        cells.object().path("spec").path("accessModes"))),
                        text("Reclaim Policy", cells -> cells.textOr("", "spec", "persistentVolumeReclaimPolicy")),
                        text("Status", VolumeCells::status),
                        text("Claim", VolumeCells::claim),
                        text("StorageClass", cells -> cells.textOr("", "spec", "storageClassName")),
                        text("VolumeAttributesClass", VolumeCells::attributesClass),
                        text("Reason", cells -> cells.textOr("", "status", "reason")),
                        AGE,
                        wide("VolumeMode", VolumeCells::mode)));
        all.put(
                ResourceCatalog.STORAGE_CLASSES,
                List.of(
                        text("Name", VolumeCells::className),
                        text("Provisioner", cells -> cells.textOr("", "provisioner")),
                        text("ReclaimPolicy", cells -> cells.textOr("Delete", "reclaimPolicy")),
                        text("VolumeBindingMode", cells -> cells.textOr("Immediate", "volumeBindingMode")),
                        text(
                                "AllowVolumeExpansion",
                                cells -> cells.object()
                                        .path("allowVolumeExpansion")
                                        .asBoolean(false)),
                        AGE));
    }

    private static void cluster(Map<ResourceType, List<Column>> all) {
        all.put(
                ResourceCatalog.NAMESPACES,
                List.of(NAME, text("Status", cells -> cells.textOr("", "status", "phase")), AGE));
        all.put(
                ResourceCatalog.NODES,
                List.of(
                        NAME,
                        text("Status", NodeCells::status),
                        text("Roles", NodeCells::roles),
                        AGE,
                        text("Version", cells -> cells.textOr("", "status", "nodeInfo", "kubeletVersion")),
                        wide("Internal-IP", cells -> NodeCells.address(cells, "InternalIP")),
                        wide("External-IP", cells -> NodeCells.address(cells, "ExternalIP")),
                        wide("OS-Image", cells -> cells.textOr("<unknown>", "status", "nodeInfo", "osImage")),
                        wide("Kernel-Version", NodeCells::kernel),
                        wide(
                                "Container-Runtime",
                                cells -> cells.textOr("<unknown>", "status", "nodeInfo", "containerRuntimeVersion"))));
        all.put(
                ResourceCatalog.SECRETS,
                List.of(
                        NAME,
                        text("Type", cells -> cells.textOr("", "type")),
                        text("Data", cells -> cells.object().path("data").size()),
                        AGE));
        all.put(ResourceCatalog.CONFIG_MAPS, List.of(NAME, text("Data", Columns::configData), AGE));
        all.put(
                ResourceCatalog.SERVICE_ACCOUNTS,
                List.of(
                        NAME,
                        text("Secrets", cells -> cells.object().path("secrets").size()),
                        AGE));
        all.put(
                ResourceCatalog.POD_DISRUPTION_BUDGETS,
                List.of(
                        NAME,
                        text("Min Available", cells -> cells.textOr("N/A", "spec", "minAvailable")),
                        text("Max Unavailable", cells -> cells.textOr("N/A", "spec", "maxUnavailable")),
                        number("Allowed Disruptions", cells -> cells.count("status", "disruptionsAllowed")),
                        AGE));
        all.put(ResourceCatalog.RESOURCE_QUOTAS, QuotaCells.COLUMNS);
        all.put(ResourceCatalog.EVENTS, EventCells.COLUMNS);
        all.put(ResourceCatalog.GROUP_EVENTS, EventCells.COLUMNS);
        all.putAll(StoredCells.COLUMNS);
    }

    private static Object configData(Cells cells) {
        return cells.object().path("data").size()
                + cells.object().path("binaryData").size();
    }

    @SafeVarargs
    private static List<Column> joined(List<Column>... parts) {
        List<Column> all = new ArrayList<>();
        for (List<Column> part : parts) {
            all.addAll(part);
        }
        return List.copyOf(all);
    }
}
