package io.statefulkit.survival.disruption.power;

import java.util.EnumSet;
import java.util.Set;

/** What can be done to a cluster besides what its API offers. What an implementation does not list it need not implement. Thread-safe. */
public interface Powers extends ProcessKill {

    /** What it can do. */
    Set<Capability> capabilities();

    /** Why it cannot do more, for who asked for more; empty when there is nothing to say about it. */
    default String whyNot() {
        return "";
    }

    /** Stops all processes of a container where they are: their connections stay open, and nothing is answered. */
    default void freeze(String namespace, String pod, String container) {
        throw new UnmetNeedException("freeze", EnumSet.of(Capability.FREEZE));
    }

    /** Lets the processes of a frozen container go on. */
    default void thaw(String namespace, String pod, String container) {
        throw new UnmetNeedException("thaw", EnumSet.of(Capability.FREEZE));
    }

    /** Takes the power of a node away. */
    default void stopNode(String node) {
        throw new UnmetNeedException("stopNode", EnumSet.of(Capability.NODE_POWER));
    }

    /** Gives a node its power back. */
    default void startNode(String node) {
        throw new UnmetNeedException("startNode", EnumSet.of(Capability.NODE_POWER));
    }

    /**
     * Makes the volume of a claim refuse what is written to it.
     *
     * @return what undoes it
     */
    default Runnable fillVolume(String namespace, String claim) {
        throw new UnmetNeedException("fillVolume", EnumSet.of(Capability.FULL_VOLUME));
    }

    /** Those of a cluster in which processes can be killed in this way and nodes closed by its API, and nothing else. */
    static Powers of(ProcessKill kill) {
        return new Powers() {
            @Override
            public Set<Capability> capabilities() {
                return EnumSet.of(Capability.KILL, Capability.CORDON);
            }

            @Override
            public void kill(String namespace, String pod, String container) {
                kill.kill(namespace, pod, container);
            }
        };
    }

    /**
     * Those of a cluster in which nothing can be killed.
     *
     * @param capabilities what can be done, all of which its API offers
     * @param why why there is no more, for who asks for it
     */
    static Powers withoutKilling(Set<Capability> capabilities, String why) {
        Set<Capability> copy = Set.copyOf(capabilities);
        return new Powers() {
            @Override
            public Set<Capability> capabilities() {
                return copy;
            }

            @Override
            public String whyNot() {
                return why;
            }

            @Override
            public void kill(String namespace, String pod, String container) {
                ProcessKill.impossible(why).kill(namespace, pod, container);
            }
        };
    }
}
