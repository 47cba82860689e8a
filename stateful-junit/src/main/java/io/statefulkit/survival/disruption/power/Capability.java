package io.statefulkit.survival.disruption.power;

/** What a disruption may need of a cluster beyond its API. */
public enum Capability {
    /** To end a process of a container from outside with SIGKILL. */
    KILL("to kill a process from outside of its container"),
    /** To stop the processes of a container where they are, and let them go on. */
    FREEZE("to freeze the processes of a container"),
    /** To take a node's power away and give it back. */
    NODE_POWER("to take a node's power away and give it back"),
    /** To keep new pods away from a node for a while. Every API server offers it, but it concerns all who use that node. */
    CORDON("to keep new pods away from a node"),
    /** To make one volume refuse what is written to it, without harm to the node it is on. */
    FULL_VOLUME("to fill one volume without filling its node");

    private final String meaning;

    Capability(String meaning) {
        this.meaning = meaning;
    }

    /** It in a few words, which go on from "it needs". */
    public String meaning() {
        return meaning;
    }
}
