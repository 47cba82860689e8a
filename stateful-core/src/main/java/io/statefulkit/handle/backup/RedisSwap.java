package io.statefulkit.handle.backup;

/**
 * Exchanges the files of a Redis server that is stopped for new ones, so that it can be completed or taken back whenever it
 * has been interrupted. The new files are in a directory beside the old ones, with a mark when they are complete. From then on
 * it only goes forward: the old ones move away, which is marked, too, and then the new ones move in.
 */
final class RedisSwap {

    /** How the directory begins to which the old files go, on the same volume. */
    static final String OLD = ".statefulkit-old-";

    /** What the script says when the files have been exchanged. */
    static final String EXCHANGED = "the files have been exchanged";

    /**
     * Functions of a shell that need {@code DATA}: {@code alone} waits until no other pod uses the volume; {@code complete}
     * marks the new files, and needs the names {@code OLD} and {@code FILES}; {@code exchange} does what is left to do after
     * that; {@code finish} completes or takes back what was interrupted.
     */
    static final String SCRIPT = """
        alone() {
          command -v flock >/dev/null || return 0
          exec 9>"$DATA/.statefulkit.lock"
          tries=0
          until flock -n 9; do
            tries=$((tries+1))
            [ $tries -lt 60 ] || { echo "another pod still uses this volume" >&2; exit 1; }
            sleep 1
          done
        }
        complete() {
          sync
          echo "$OLD $FILES" >"$DATA/.statefulkit-new/.list"
          mv "$DATA/.statefulkit-new/.list" "$DATA/.statefulkit-new/.complete"
          sync "$DATA/.statefulkit-new"
        }
        exchange() {
          new=$DATA/.statefulkit-new
          read -r old files <"$new/.complete"
          if [ ! -e "$new/.cleared" ]; then
            mkdir -p "$DATA/$old"
            for f in $files; do [ ! -e "$DATA/$f" ] || mv "$DATA/$f" "$DATA/$old/$f"; done
            sync "$DATA" "$DATA/$old"
            : >"$new/.cleared"
            sync "$new"
          fi
          for f in $files; do [ ! -e "$new/$f" ] || mv "$new/$f" "$DATA/$f"; done
          sync "$DATA"
          # This mark goes first: without the other one it would mean that the files of now are the old ones.
          rm "$new/.complete"
          sync "$new"
          rm -rf "$new"
          echo "the files have been exchanged"
        }
        finish() {
          if [ -e "$DATA/.statefulkit-new/.complete" ]; then
            exchange
          else
            rm -rf "$DATA/.statefulkit-new"
          fi
        }
        """;

    private RedisSwap() {}
}
