package io.statefulkit.manifest;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Optional;

/** Asks a cluster what an object would become there, without changing anything. */
@FunctionalInterface
public interface DryRun {

    /** Return what is there, and what would be there after the object was applied. */
    Preview of(HasMetadata planned);

    /**
     * What would happen to an object.
     *
     * @param live the object as it is; empty if there is none
     * @param applied the object as it would be; empty if the cluster refuses it
     * @param refusal why the cluster refuses it; empty if it does not
     */
    record Preview(Optional<HasMetadata> live, Optional<HasMetadata> applied, String refusal) {

        /** Return the answer of a cluster that has {@code live}, if anything, and would make {@code applied} of it. */
        public static Preview of(Optional<HasMetadata> live, HasMetadata applied) {
            return new Preview(live, Optional.of(applied), "");
        }

        /** Return the answer of a cluster that refuses the object. */
        public static Preview refused(Optional<HasMetadata> live, String why) {
            return new Preview(live, Optional.empty(), why);
        }
    }
}
