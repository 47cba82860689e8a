package io.statefulkit.manifest.render;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.statefulkit.spec.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a server that speaks SQL finds in its container beside its data: its login, the scripts of its first start, and the
 * places that it may write to.
 *
 * @param scripts of the first start, by file name
 * @param sockets directory of its socket and pid
 */
record SqlFiles(Login login, Names names, Map<String, String> scripts, String sockets) {

    private static final String SCRIPTS = "init";

    List<VolumeMount> mounts() {
        List<VolumeMount> mounts = new ArrayList<>();
        login.mount().ifPresent(mounts::add);
        if (!scripts.isEmpty()) {
            mounts.add(Volumes.readOnly(SCRIPTS, "/docker-entrypoint-initdb.d"));
        }
        mounts.add(Volumes.mount("run", sockets));
        mounts.add(Volumes.mount("tmp", "/tmp"));
        return mounts;
    }

    List<Volume> volumes() {
        List<Volume> volumes = new ArrayList<>();
        login.volume().ifPresent(volumes::add);
        if (!scripts.isEmpty()) {
            volumes.add(ConfigMaps.volume(SCRIPTS, names.initScripts()));
        }
        volumes.add(Volumes.empty("run"));
        volumes.add(Volumes.empty("tmp"));
        return volumes;
    }

    List<HasMetadata> objects(Labels labels) {
        List<HasMetadata> objects = new ArrayList<>();
        login.secret(labels).ifPresent(objects::add);
        if (!scripts.isEmpty()) {
            objects.add(ConfigMaps.of(names.initScripts(), labels, scripts));
        }
        return objects;
    }
}
