package io.statefulkit.survival.ledger;

import java.util.List;

/**
 * Rows as files in a directory of a container, each written, forced to the disk and given its name by one command. For workloads that are
 * no databases: it shows what becomes of a volume.
 */
public final class FileStore implements Store {

    private final Commands commands;
    private final String directory;
    private final String run;

    /**
     * Rows of one run, in the directory {@code statefulkit_ledger_<run>}.
     *
     * @param commands runs {@code sh}, {@code dd}, {@code mv}, {@code find} and {@code md5sum} in the container
     * @param directory where, such as the directory at which the volume is mounted
     * @param run the name of the run: lower-case letters and digits
     */
    public FileStore(Commands commands, String directory, String run) {
        this.commands = commands;
        this.directory = directory;
        this.run = RunName.check(run);
    }

    @Override
    public String name() {
        return directory + "/statefulkit_ledger_" + run;
    }

    @Override
    public List<Hazard> prepare() {
        require("mkdir " + name(), List.of("mkdir", name()));
        require(
                "write an identity",
                List.of("sh", "-c", "cat /proc/sys/kernel/random/uuid >\"$1/identity\"", "statefulkit", name()));
        return List.of();
    }

    @Override
    public Session open() {
        try {
            return new FileSession(commands, name(), run, commands.container());
        } catch (RuntimeException e) {
            throw new StoreException("cannot reach the container", e);
        }
    }

    @Override
    public String identity() {
        Commands.Ended read = run("read the identity", List.of("cat", name() + "/identity"));
        return read.exitCode() == 0
                ? read.stdout().strip()
                : "none: " + read.stderr().strip();
    }

    @Override
    public void drop() {
        require("delete " + name(), List.of("rm", "-r", name()));
    }

    private void require(String what, List<String> command) {
        Commands.Ended ended = run(what, command);
        if (ended.exitCode() != 0) {
            throw new StoreException("cannot " + what, FileSession.failure(ended));
        }
    }

    private Commands.Ended run(String what, List<String> command) {
        try {
            return commands.run(command);
        } catch (RuntimeException e) {
            throw new StoreException("cannot " + what, e);
        }
    }
}
