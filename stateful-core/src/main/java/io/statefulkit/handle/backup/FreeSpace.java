package io.statefulkit.handle.backup;

import io.statefulkit.handle.connection.Server;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Refuses a restore for which the volume of the data has no room: a server whose volume is full stops for everybody. */
final class FreeSpace {

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private FreeSpace() {}

    /**
     * Refuses when there is less free than the data or the dump has, whichever is larger.
     *
     * @param script says in its first line what {@code df -Pk} says about the volume, and in its second one how many bytes the
     *     data has now; runs in the container of the server
     * @param args its arguments
     */
    static void require(Server server, Backup backup, String script, String... args) {
        List<String> command = new ArrayList<>(List.of("sh", "-c", script, "statefulkit-space"));
        command.addAll(List.of(args));
        List<String> lines = server.run(0, command, new byte[0], PATIENCE)
                .orThrow()
                .stdout()
                .lines()
                .toList();
        long free = 1024 * Long.parseLong(lines.get(0).strip().split("\\s+", 5)[3]);
        long needed = Math.max(backup.bytes(), Long.parseLong(lines.get(1).strip()));
        if (free < needed) {
            throw new BackupException(
                    "backup " + backup.file() + " is restored beside the data, for which about " + needed
                            + " bytes are needed, but the volume has only " + free + " free",
                    "make the volume larger with expandVolumes(..), or remove what an earlier restore has kept");
        }
    }
}
