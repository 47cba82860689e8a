package io.statefulkit.handle.pod;

import java.time.Duration;

/**
 * A pod that took the place of another.
 *
 * @param oldPod the name of the pod that went
 * @param oldUid its uid
 * @param newPod the name of the pod that came: the same in a StatefulSet, another one in a Deployment
 * @param newUid its uid, always another one
 * @param recovery from the request that removed the old pod until the new one was seen ready
 */
public record Replacement(String oldPod, String oldUid, String newPod, String newUid, Duration recovery) {}
