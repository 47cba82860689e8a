package io.statefulkit.embedded.api.event;

import java.util.LinkedHashMap;
import java.util.Map;

/** What was used lately: beyond as many entries as Kubernetes' recorder remembers, the one that was used longest ago goes. */
final class Recent<K, V> extends LinkedHashMap<K, V> {

    private static final long serialVersionUID = 1;
    private static final int REMEMBERED = 4096;

    Recent() {
        super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > REMEMBERED;
    }
}
