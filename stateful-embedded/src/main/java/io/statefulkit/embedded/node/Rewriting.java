package io.statefulkit.embedded.node;

import io.statefulkit.embedded.node.volume.Loopback;
import io.statefulkit.embedded.node.volume.PathMap;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Makes a text that was written for the inside of a container right for this machine.
 *
 * @param paths where the container's directories are
 * @param loopback the pod's address
 * @param names where the cluster's services are
 */
record Rewriting(PathMap paths, Loopback loopback, ServiceNames names) implements UnaryOperator<String> {

    @Override
    public String apply(String text) {
        return names.rewrite(loopback.rewrite(paths.rewrite(text)));
    }

    /** Rewrites the words of a command. */
    List<String> words(List<String> words) {
        return names.words(words.stream().map(this).toList());
    }
}
