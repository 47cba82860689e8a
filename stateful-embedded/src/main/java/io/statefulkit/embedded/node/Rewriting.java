package io.statefulkit.embedded.node;

import io.statefulkit.embedded.node.volume.Loopback;
import io.statefulkit.embedded.node.volume.PathMap;
import java.util.function.UnaryOperator;

/**
 * Makes a text that was written for the inside of a container right for this machine.
 *
 * @param paths where the container's directories are
 * @param loopback the pod's address
 */
record Rewriting(PathMap paths, Loopback loopback) implements UnaryOperator<String> {

    @Override
    public String apply(String text) {
        return loopback.rewrite(paths.rewrite(text));
    }
}
