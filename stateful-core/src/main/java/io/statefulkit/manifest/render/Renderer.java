package io.statefulkit.manifest.render;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.statefulkit.spec.Names;
import io.statefulkit.spec.StatefulPostgres;
import io.statefulkit.spec.StatefulSpec;
import java.util.ArrayList;
import java.util.List;

/** Turns a spec into the objects that Kubernetes gets. Pure: the same spec gives equal objects in the same order. */
public final class Renderer {

    private Renderer() {}

    /** Return the spec's objects in the order in which they are to be applied. */
    public static List<HasMetadata> render(StatefulSpec spec) {
        Server server = PostgresServer.of((StatefulPostgres) spec);
        Names names = Names.of(spec);
        List<HasMetadata> objects = new ArrayList<>(server.objects());
        objects.addAll(Services.of(spec.settings(), server, names));
        objects.add(new Workload(spec.settings(), server, names).statefulSet());
        return List.copyOf(objects);
    }
}
