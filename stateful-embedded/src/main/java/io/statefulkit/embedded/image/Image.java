package io.statefulkit.embedded.image;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What an image's configuration says, and where its programs are on this machine.
 *
 * @param name the image as pods name it
 * @param entrypoint what runs when the pod gives no command
 * @param command the arguments when the pod gives neither command nor args
 * @param environment the variables of the image
 * @param programs the directories of its programs, searched before the machine's
 * @param privatePaths the directories that belong to the container: there is an empty one at each start
 * @param workingDirectory where the main process starts
 * @param stopSignal the signal that asks the main process to end
 * @param process whether there is a process at all; without, a container of it just counts as running
 * @param root whether its configuration names root, or nobody, as its user: a pod whose containers must not run as root then has
 *     to say as whom. An image of yours counts as one with a user of its own.
 */
public record Image(
        String name,
        List<String> entrypoint,
        List<String> command,
        Map<String, String> environment,
        List<Path> programs,
        List<String> privatePaths,
        String workingDirectory,
        String stopSignal,
        boolean process,
        boolean root) {

    public Image {
        entrypoint = List.copyOf(entrypoint);
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
        programs = List.copyOf(programs);
        privatePaths = List.copyOf(privatePaths);
    }

    /** Returns an image with these programs, no environment, no private paths, and {@code TERM} as its stop signal. */
    public static Image of(String name, List<String> entrypoint, List<String> command, List<Path> programs) {
        return new Image(name, entrypoint, command, Map.of(), programs, List.of(), "/", "TERM", true, false);
    }

    /** Returns this image with an environment. */
    public Image withEnvironment(Map<String, String> variables) {
        return new Image(
                name,
                entrypoint,
                command,
                variables,
                programs,
                privatePaths,
                workingDirectory,
                stopSignal,
                process,
                root);
    }

    /** Returns this image with private directories. */
    public Image withPrivatePaths(String... paths) {
        return new Image(
                name,
                entrypoint,
                command,
                environment,
                programs,
                List.of(paths),
                workingDirectory,
                stopSignal,
                process,
                root);
    }

    /** Returns this image with another stop signal, such as {@code INT}. */
    public Image withStopSignal(String signal) {
        return new Image(
                name,
                entrypoint,
                command,
                environment,
                programs,
                privatePaths,
                workingDirectory,
                signal,
                process,
                root);
    }

    /** Returns this image with another working directory. */
    public Image withWorkingDirectory(String directory) {
        return new Image(
                name, entrypoint, command, environment, programs, privatePaths, directory, stopSignal, process, root);
    }

    /** Returns this image with root as its user. */
    public Image asRoot() {
        return new Image(
                name,
                entrypoint,
                command,
                environment,
                programs,
                privatePaths,
                workingDirectory,
                stopSignal,
                process,
                true);
    }
}
