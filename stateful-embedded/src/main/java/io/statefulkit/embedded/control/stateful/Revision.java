package io.statefulkit.embedded.control.stateful;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One version of a set's template.
 *
 * @param name the name of the controller revision
 * @param template the pod template
 */
record Revision(String name, JsonNode template) {}
