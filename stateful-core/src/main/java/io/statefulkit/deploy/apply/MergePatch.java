package io.statefulkit.deploy.apply;

import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.statefulkit.internal.NotApi;

/** JSON merge patches: they change single fields, whatever revision the object has. */
@NotApi
public final class MergePatch {

    private MergePatch() {}

    /** Returns the context of a patch whose fields belong to this manager from then on. */
    public static PatchContext by(String manager) {
        return new PatchContext.Builder()
                .withPatchType(PatchType.JSON_MERGE)
                .withFieldManager(manager)
                .build();
    }
}
