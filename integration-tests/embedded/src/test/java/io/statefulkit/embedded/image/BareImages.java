package io.statefulkit.embedded.image;

import java.util.List;

/** The images of a machine where nothing is installed: what is on the class path, and no client. */
public final class BareImages {

    private BareImages() {}

    /** Returns the catalog. */
    public static ImageCatalog catalog() {
        return ImageCatalog.empty().with("postgres", new PostgresRecipe(PostgresServers.of(List.of())));
    }
}
