package io.statefulkit.manifest.render;

import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSecurityContextBuilder;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import io.statefulkit.spec.PodSettings;
import io.statefulkit.spec.pod.SecurityProfile;
import io.statefulkit.spec.pod.UserIds;
import org.jspecify.annotations.Nullable;

/** What a pod and its containers may do. */
final class Security {

    private Security() {}

    static @Nullable PodSecurityContext pod(PodSettings settings, UserIds imageIds) {
        UserIds ids = settings.runAs().orElse(imageIds);
        if (settings.security() == SecurityProfile.IMAGE_DEFAULT) {
            return new PodSecurityContextBuilder()
                    .withFsGroup(ids.group())
                    .withFsGroupChangePolicy("OnRootMismatch")
                    .build();
        }
        PodSecurityContextBuilder context = new PodSecurityContextBuilder()
                .withRunAsNonRoot(true)
                .withFsGroupChangePolicy("OnRootMismatch")
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile();
        if (settings.security() == SecurityProfile.RESTRICTED) {
            context.withRunAsUser(ids.user()).withRunAsGroup(ids.group()).withFsGroup(ids.group());
        }
        return context.build();
    }

    static @Nullable SecurityContext container(PodSettings settings, boolean readOnlyRoot) {
        if (settings.security() == SecurityProfile.IMAGE_DEFAULT) {
            return null;
        }
        return new SecurityContextBuilder()
                .withAllowPrivilegeEscalation(false)
                .withReadOnlyRootFilesystem(readOnlyRoot ? true : null)
                .withNewCapabilities()
                .withDrop("ALL")
                .endCapabilities()
                .build();
    }
}
