package io.statefulkit.embedded.api.rule.kind;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds what is wrong with the text of a cron schedule. */
final class CronSchedule {

    private static final Set<String> DESCRIPTORS =
            Set.of("@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly");
    private static final List<Range> FIELDS = List.of(
            new Range(0, 59, List.of()),
            new Range(0, 23, List.of()),
            new Range(1, 31, List.of()),
            new Range(
                    1, 12, List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")),
            new Range(0, 6, List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat")));

    private CronSchedule() {}

    /** Returns what is wrong with a schedule and with a time zone in it. */
    static List<String> problems(String schedule) {
        boolean zone = schedule.contains("TZ");
        String rest = schedule.matches("(CRON_)?TZ=\\S+ .*") ? schedule.replaceFirst("\\S+ +", "") : schedule;
        List<String> problems = new ArrayList<>(problem(rest).stream().toList());
        if (zone) {
            problems.add("cannot use TZ or CRON_TZ in schedule, use timeZone field instead");
        }
        return problems;
    }

    private static Optional<String> problem(String schedule) {
        if (schedule.startsWith("@")) {
            return DESCRIPTORS.contains(schedule) || schedule.startsWith("@every ")
                    ? Optional.empty()
                    : Optional.of("unrecognized descriptor: " + schedule);
        }
        List<String> fields = Arrays.stream(schedule.trim().split("\\s+", -1)).toList();
        if (fields.size() != FIELDS.size()) {
            return Optional.of(
                    "expected exactly 5 fields, found " + fields.size() + ": [" + String.join(" ", fields) + "]");
        }
        for (int i = 0; i < fields.size(); i++) {
            Optional<String> problem = FIELDS.get(i).problem(fields.get(i));
            if (problem.isPresent()) {
                return problem;
            }
        }
        return Optional.empty();
    }

    /** The values of one field; names stand for numbers from the smallest on. */
    private record Range(int min, int max, List<String> names) {

        Optional<String> problem(String field) {
            return Arrays.stream(field.split(",", -1))
                    .map(this::partProblem)
                    .flatMap(Optional::stream)
                    .findFirst();
        }

        private Optional<String> partProblem(String part) {
            String[] steps = part.split("/", -1);
            if (steps.length > 2) {
                return Optional.of("too many slashes: " + part);
            }
            if (steps.length == 2 && number(steps[1]) <= 0) {
                return Optional.of(
                        number(steps[1]) == 0
                                ? "step of range should be a positive number: " + part
                                : noNumber(steps[1]));
            }
            if (steps[0].equals("*") || steps[0].equals("?")) {
                return Optional.empty();
            }
            String[] ends = steps[0].split("-", -1);
            if (ends.length > 2) {
                return Optional.of("too many hyphens: " + part);
            }
            int first = number(ends[0]);
            int last = number(ends[ends.length - 1]);
            if (first < 0 || last < 0) {
                return Optional.of(noNumber(first < 0 ? ends[0] : ends[ends.length - 1]));
            }
            return rangeProblem(first, last, part);
        }

        private Optional<String> rangeProblem(int first, int last, String part) {
            if (first < min) {
                return Optional.of("beginning of range (" + first + ") below minimum (" + min + "): " + part);
            }
            if (last > max) {
                return Optional.of("end of range (" + last + ") above maximum (" + max + "): " + part);
            }
            return first > last
                    ? Optional.of("beginning of range (" + first + ") beyond end of range (" + last + "): " + part)
                    : Optional.empty();
        }

        /** Returns the number, or -1 when it is none. */
        private int number(String text) {
            int name = names.indexOf(text.toLowerCase(java.util.Locale.ROOT));
            if (name >= 0) {
                return name + min;
            }
            return text.matches("\\d{1,8}") ? Integer.parseInt(text) : -1;
        }

        private static String noNumber(String text) {
            return "failed to parse int from " + text + ": strconv.Atoi: parsing \"" + text + "\": invalid syntax";
        }
    }
}
