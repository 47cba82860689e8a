package io.statefulkit.embedded.node;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.statefulkit.embedded.image.Image;
import io.statefulkit.embedded.node.volume.ConfigException;
import java.util.Optional;
import java.util.function.Function;

/** As whom a container runs: what itself says goes before what its pod says. */
final class RootPolicy {

    private final Pod pod;
    private final Container container;

    RootPolicy(Pod pod, Container container) {
        this.pod = pod;
        this.container = container;
    }

    /** Refuses to run a container as root that must not. */
    void check(Image image) throws ConfigException {
        if (!mustNotBeRoot()) {
            return;
        }
        Optional<Long> user = user();
        if (user.isPresent() && user.get() == 0) {
            throw refused("container's runAsUser breaks non-root policy");
        }
        if (user.isEmpty() && image.root()) {
            throw refused("container has runAsNonRoot and image will run as root");
        }
    }

    /** Whether it is any user but root. */
    boolean unprivileged() {
        return user().map(uid -> uid != 0).orElse(mustNotBeRoot());
    }

    private Optional<Long> user() {
        return first(SecurityContext::getRunAsUser, PodSecurityContext::getRunAsUser);
    }

    private boolean mustNotBeRoot() {
        return first(SecurityContext::getRunAsNonRoot, PodSecurityContext::getRunAsNonRoot)
                .orElse(false);
    }

    private <T> Optional<T> first(Function<SecurityContext, T> own, Function<PodSecurityContext, T> shared) {
        return Optional.ofNullable(container.getSecurityContext())
                .map(own)
                .or(() ->
                        Optional.ofNullable(pod.getSpec().getSecurityContext()).map(shared));
    }

    private ConfigException refused(String why) {
        ObjectMeta meta = pod.getMetadata();
        return new ConfigException(why + " (pod: \"" + meta.getName() + "_" + meta.getNamespace() + "(" + meta.getUid()
                + ")\", container: " + container.getName() + ")");
    }
}
