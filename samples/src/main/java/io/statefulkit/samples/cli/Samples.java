package io.statefulkit.samples.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line of the samples: {@code list}, and {@code run <story>}. */
@Command(
        name = "samples",
        description = "Stories of stateful workloads, told by doing what they tell.",
        mixinStandardHelpOptions = true,
        subcommands = {ListCommand.class, RunCommand.class})
public final class Samples {

    private Samples() {}

    /**
     * Runs a command. The exit code is 0 when everything that a story claims held, 1 when something did not, and 2 for a
     * mistake in the arguments.
     *
     * @param args {@code list}, or {@code run <story> [--kubeconfig <file> | --k3s] [--keep]}
     */
    public static void main(String[] args) {
        int exit = commandLine().execute(args);
        if (exit != 0) {
            System.exit(exit);
        }
    }

    static CommandLine commandLine() {
        CommandLine commandLine = new CommandLine(new Samples());
        commandLine.setExecutionExceptionHandler((exception, line, parsed) -> {
            line.getErr().println("FAILED: " + exception.getMessage());
            line.getErr().flush();
            return 1;
        });
        return commandLine;
    }
}
