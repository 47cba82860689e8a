package io.statefulkit.spec;

import io.statefulkit.internal.Checks;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a workload of any image runs.
 *
 * @param ports ports by name, in the order of declaration
 * @param mounts directory of each claim, by the claim's name
 * @param command program instead of the image's own
 * @param args arguments of the program
 * @param env variables
 * @param readyCommand program that succeeds when the server is ready; a connection to the first port if empty
 * @param fenced true if the command is started under the fence
 */
public record Program(
        List<NamedPort> ports,
        Map<String, String> mounts,
        List<String> command,
        List<String> args,
        Map<String, String> env,
        Optional<List<String>> readyCommand,
        boolean fenced) {

    /**
     * A port.
     *
     * @param name at most 15 lower case letters, digits or '-'
     * @param number 1 to 65535
     */
    public record NamedPort(String name, int number) {
        public NamedPort {
            Checks.dnsLabel(name, 15, "port name");
            Checks.between(1, 65535, number, "port");
        }
    }

    public Program {
        ports = List.copyOf(ports);
        mounts = Collections.unmodifiableMap(new TreeMap<>(mounts));
        mounts.values().forEach(path -> Checks.absolutePath(path, "mount path"));
        if (mounts.values().stream().distinct().count() < mounts.size()) {
            throw new IllegalArgumentException("claims must have different mount paths but were " + mounts);
        }
        command = List.copyOf(command);
        args = List.copyOf(args);
        env = Collections.unmodifiableMap(new TreeMap<>(env));
        env.keySet().forEach(key -> Checks.variable(key, "env"));
        if (ports.stream().map(NamedPort::name).distinct().count() < ports.size()
                || ports.stream().map(NamedPort::number).distinct().count() < ports.size()) {
            throw new IllegalArgumentException("ports must have different names and numbers but were " + ports);
        }
    }

    static Program none() {
        return new Program(List.of(), Map.of(), List.of(), List.of(), Map.of(), Optional.empty(), false);
    }

    Program ports(List<NamedPort> value) {
        return new Program(value, mounts, command, args, env, readyCommand, fenced);
    }

    Program mounts(Map<String, String> value) {
        return new Program(ports, value, command, args, env, readyCommand, fenced);
    }

    Program command(List<String> value) {
        return new Program(ports, mounts, value, args, env, readyCommand, fenced);
    }

    Program args(List<String> value) {
        return new Program(ports, mounts, command, value, env, readyCommand, fenced);
    }

    Program env(Map<String, String> value) {
        return new Program(ports, mounts, command, args, value, readyCommand, fenced);
    }

    Program readyCommand(List<String> value) {
        return new Program(ports, mounts, command, args, env, Optional.of(value), fenced);
    }

    Program fenced(boolean value) {
        return new Program(ports, mounts, command, args, env, readyCommand, value);
    }
}
