package io.statefulkit.embedded.http.table;

import static io.statefulkit.embedded.http.table.Column.text;
import static io.statefulkit.embedded.http.table.Column.wide;

import com.fasterxml.jackson.databind.JsonNode;
import io.statefulkit.embedded.api.ResourceCatalog;
import io.statefulkit.embedded.api.ResourceType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Columns of the kinds that are only stored. */
final class StoredCells {

    private static final Column NAME = text("Name", cells -> cells.textOr("", "metadata", "name"));
    private static final Column AGE = text("Age", Cells::age);
    /** What is shown of a kind of which Kubernetes knows nothing special. */
    private static final List<Column> PLAIN = List.of(
            NAME, new Column("Created At", "date", false, cells -> cells.textOr("", "metadata", "creationTimestamp")));

    private static final List<Column> ROLE_BINDING = List.of(
            NAME,
            text("Role", cells -> cells.textOr("", "roleRef", "kind") + "/" + cells.textOr("", "roleRef", "name")),
            AGE,
            wide("Users", cells -> subjects(cells, "User")),
            wide("Groups", cells -> subjects(cells, "Group")),
            wide("ServiceAccounts", cells -> subjects(cells, "ServiceAccount")));

    static final Map<ResourceType, List<Column>> COLUMNS = Map.of(
            ResourceCatalog.ROLES,
            PLAIN,
            ResourceCatalog.CLUSTER_ROLES,
            PLAIN,
            ResourceCatalog.LIMIT_RANGES,
            PLAIN,
            ResourceCatalog.ROLE_BINDINGS,
            ROLE_BINDING,
            ResourceCatalog.CLUSTER_ROLE_BINDINGS,
            ROLE_BINDING,
            ResourceCatalog.LEASES,
            List.of(NAME, text("Holder", cells -> cells.textOr("", "spec", "holderIdentity")), AGE),
            ResourceCatalog.PRIORITY_CLASSES,
            List.of(
                    NAME,
                    Column.number("Value", cells -> cells.count("value")),
                    new Column(
                            "Global-Default",
                            "boolean",
                            false,
                            cells -> cells.at("globalDefault").asBoolean()),
                    AGE,
                    text("PreemptionPolicy", cells -> cells.textOr("PreemptLowerPriority", "preemptionPolicy"))),
            ResourceCatalog.NETWORK_POLICIES,
            List.of(NAME, text("Pod-Selector", StoredCells::podSelector), AGE),
            ResourceCatalog.INGRESSES,
            List.of(
                    NAME,
                    text("Class", cells -> cells.textOr("<none>", "spec", "ingressClassName")),
                    text("Hosts", StoredCells::hosts),
                    text("Address", cells -> ""),
                    text("Ports", cells -> cells.at("spec", "tls").isEmpty() ? "80" : "80, 443"),
                    AGE));

    private StoredCells() {}

    private static String subjects(Cells binding, String kind) {
        List<String> names = new ArrayList<>();
        for (JsonNode subject : binding.at("subjects")) {
            if (subject.path("kind").asText().equals(kind)) {
                String namespace = subject.path("namespace").asText("");
                String name = subject.path("name").asText();
                names.add(namespace.isEmpty() ? name : namespace + "/" + name);
            }
        }
        return String.join(", ", names);
    }

    private static String podSelector(Cells policy) {
        String labels = Cells.pairs(policy.at("spec", "podSelector", "matchLabels"));
        return labels.isEmpty() ? "<none>" : labels;
    }

    private static String hosts(Cells ingress) {
        List<String> hosts = new ArrayList<>();
        for (JsonNode rule : ingress.at("spec", "rules")) {
            String host = rule.path("host").asText("");
            hosts.add(host.isEmpty() ? "*" : host);
        }
        return hosts.isEmpty() ? "*" : String.join(",", hosts);
    }
}
