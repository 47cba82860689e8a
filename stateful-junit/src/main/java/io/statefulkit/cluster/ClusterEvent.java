package io.statefulkit.cluster;

import java.time.Instant;

/**
 * Something that a cluster tells about a namespace.
 *
 * @param at when it happened last; most are exact to the second only
 * @param text what, to whom and why
 */
public record ClusterEvent(Instant at, String text) {}
