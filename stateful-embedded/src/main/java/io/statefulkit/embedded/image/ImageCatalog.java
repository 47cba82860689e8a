package io.statefulkit.embedded.image;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The images there are. Immutable; every {@code with…} returns a new catalog.
 *
 * <p>The {@linkplain #standard() standard catalog} knows {@code postgres} (every major that is installed or on the class
 * path), {@code redis}, {@code valkey}, {@code mariadb} and {@code mysql} where installed, {@code busybox}, {@code alpine},
 * {@code debian}, {@code ubuntu} and {@code bash} as the machine's shell, and {@code pause}, which needs no process.
 */
public final class ImageCatalog {

    private final Map<String, ImageRecipe> recipes;

    private ImageCatalog(Map<String, ImageRecipe> recipes) {
        this.recipes = Map.copyOf(recipes);
    }

    /** Returns a catalog without images. */
    public static ImageCatalog empty() {
        return new ImageCatalog(Map.of());
    }

    /** Returns the catalog of everything that this machine and class path offer. */
    public static ImageCatalog standard() {
        ImageCatalog catalog = empty().with("postgres", new PostgresRecipe(PostgresServers.standard()))
                .with("pause", ShellRecipes::pause);
        for (String shell : List.of("busybox", "alpine", "debian", "ubuntu", "bash")) {
            catalog = catalog.with(shell, ShellRecipes::shell);
        }
        for (String store : List.of("redis", "valkey")) {
            catalog = catalog.with(store, new RedisRecipe());
        }
        return catalog.with("mariadb", new SqlServerRecipe(SqlServer.MARIADB))
                .with("mysql", new SqlServerRecipe(SqlServer.MYSQL));
    }

    /**
     * Adds an image, or replaces one.
     *
     * @param name the name without registry and tag, such as {@code postgres} or {@code acme/app}
     */
    public ImageCatalog with(String name, ImageRecipe recipe) {
        Map<String, ImageRecipe> all = new LinkedHashMap<>(recipes);
        all.put(name, recipe);
        return new ImageCatalog(all);
    }

    /** Adds an image made of a directory of programs; {@code entrypoint} is searched there first. */
    public ImageCatalog withDirectory(String name, Path programs, String... entrypoint) {
        Path directory = programs.toAbsolutePath();
        return with(name, image -> Image.of(image.text(), List.of(entrypoint), List.of(), List.of(directory)));
    }

    /** Adds an image that runs a class of this class path in a JVM of its own. */
    public ImageCatalog withJava(String name, Class<?> main, String... arguments) {
        return with(name, image -> JavaImages.of(image, main, List.of(arguments)));
    }

    /** Adds a directory with PostgreSQL programs ({@code bin/postgres}), preferred over those that are installed. */
    public ImageCatalog withPostgres(Path home) {
        return with("postgres", new PostgresRecipe(PostgresServers.standard().with(home.toAbsolutePath())));
    }

    /** Returns a catalog that holds one image, run from a class of this class path. */
    public static ImageCatalog java(String name, Class<?> main) {
        return standard().withJava(name, main);
    }

    /**
     * Finds an image.
     *
     * @throws ImageUnavailableException when there is none; the message names those there are
     */
    public Image resolve(String image) throws ImageUnavailableException {
        ImageName name = ImageName.parse(image);
        ImageRecipe recipe = recipes.get(name.repository());
        if (recipe == null) {
            recipe = recipes.get(name.simpleName());
        }
        if (recipe == null) {
            throw new ImageUnavailableException("image \"" + image + "\" has no local programs; there are "
                    + new TreeSet<>(recipes.keySet())
                    + ". Add it with ImageCatalog.with(...), or use a k3s cluster, which"
                    + " pulls images");
        }
        return recipe.resolve(name);
    }
}
