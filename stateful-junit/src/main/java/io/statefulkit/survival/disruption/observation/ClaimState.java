package io.statefulkit.survival.disruption.observation;

/**
 * One claim and the volume it is bound to.
 *
 * @param uid the identity of the claim
 * @param volume the name of the volume, empty while it is not bound
 * @param volumeUid the identity of the volume, empty when it cannot be read
 */
public record ClaimState(String uid, String volume, String volumeUid) {}
