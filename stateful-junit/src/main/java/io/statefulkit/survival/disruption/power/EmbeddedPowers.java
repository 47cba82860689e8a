package io.statefulkit.survival.disruption.power;

import io.statefulkit.embedded.Faults;
import java.util.EnumSet;
import java.util.Set;

/**
 * Those of an embedded cluster: all there are.
 *
 * @param faults what its tests can do to it
 */
public record EmbeddedPowers(Faults faults) implements Powers {

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.allOf(Capability.class);
    }

    @Override
    public void kill(String namespace, String pod, String container) {
        faults.kill(namespace, pod, container);
    }

    @Override
    public void freeze(String namespace, String pod, String container) {
        faults.freeze(namespace, pod, container);
    }

    @Override
    public void thaw(String namespace, String pod, String container) {
        faults.thaw(namespace, pod, container);
    }

    @Override
    public void stopNode(String node) {
        faults.stopNode(node);
    }

    @Override
    public void startNode(String node) {
        faults.startNode(node);
    }

    @Override
    public Runnable fillVolume(String namespace, String claim) {
        return faults.fillVolume(namespace, claim)::undo;
    }
}
