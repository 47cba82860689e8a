package io.statefulkit.embedded.api.value;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Times in texts, read as Go reads them: strictly from left to right, and with its words about what it does not like. */
public enum TimeText {
    /** Whole seconds; a fraction is read and dropped. */
    SECONDS("2006-01-02T15:04:05Z07:00", "", "uuuu-MM-dd'T'HH:mm:ss'Z'"),
    /** Six digits after the seconds. */
    MICROS("2006-01-02T15:04:05.000000Z07:00", ".000000", "uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'");

    private final String layout;
    private final String fraction;
    private final DateTimeFormatter written;

    TimeText(String layout, String fraction, String written) {
        this.layout = layout;
        this.fraction = fraction;
        this.written = DateTimeFormatter.ofPattern(written).withZone(ZoneOffset.UTC);
    }

    /**
     * Returns the same time in UTC, as it is stored.
     *
     * @throws DateTimeException when the text is no time; its message is the one of Kubernetes
     */
    public String canonical(String text) {
        return written.format(new Reading(text).read());
    }

    private final class Reading {

        private final String text;
        private int at;

        Reading(String text) {
            this.text = text;
        }

        Instant read() {
            int year = number("2006", 4, "", 0, 9999);
            word("-");
            int month = number("01", 2, "month", 1, 12);
            word("-");
            int day = number("02", 2, "", 0, 99);
            word("T");
            int hour = number("15", 2, "hour", 0, 23);
            word(":");
            int minute = number("04", 2, "minute", 0, 59);
            word(":");
            int second = number("05", 2, "second", 0, 59);
            int nanos = nanos();
            ZoneOffset zone = zone();
            if (at < text.length()) {
                throw new DateTimeException(start() + ": extra text: " + quoted(text.substring(at)));
            }
            if (day < 1 || day > LocalDate.of(year, month, 1).lengthOfMonth()) {
                throw new DateTimeException(start() + ": day out of range");
            }
            return OffsetDateTime.of(year, month, day, hour, minute, second, nanos, zone)
                    .toInstant();
        }

        private int number(String element, int digits, String range, int least, int most) {
            if (!digitsAt(at, digits)) {
                throw bad(element);
            }
            int number = Integer.parseInt(text.substring(at, at + digits));
            if (!range.isEmpty() && (number < least || number > most)) {
                throw new DateTimeException(start() + ": " + range + " out of range");
            }
            at += digits;
            return number;
        }

        private void word(String word) {
            if (!text.startsWith(word, at)) {
                throw bad(word);
            }
            at += word.length();
        }

        private int nanos() {
            boolean point = at < text.length() && (text.charAt(at) == '.' || text.charAt(at) == ',');
            int end = at + 1;
            while (point && digitsAt(end, 1)) {
                end++;
            }
            int digits = point ? end - at - 1 : 0;
            if (digits == 0 || (!fraction.isEmpty() && digits < fraction.length() - 1)) {
                if (fraction.isEmpty()) {
                    return 0;
                }
                throw bad(fraction);
            }
            String nine = (text.substring(at + 1, end) + "000000000").substring(0, 9);
            at = end;
            return Integer.parseInt(nine);
        }

        private ZoneOffset zone() {
            if (text.startsWith("Z", at)) {
                at++;
                return ZoneOffset.UTC;
            }
            boolean signed = text.startsWith("+", at) || text.startsWith("-", at);
            if (!signed || !digitsAt(at + 1, 2) || !text.startsWith(":", at + 3) || !digitsAt(at + 4, 2)) {
                throw bad("Z07:00");
            }
            String offset = text.substring(at, at + 6);
            at += 6;
            try {
                return ZoneOffset.of(offset);
            } catch (DateTimeException e) {
                throw new DateTimeException(start() + ": time zone offset hour out of range", e);
            }
        }

        private boolean digitsAt(int from, int count) {
            if (from + count > text.length()) {
                return false;
            }
            return text.substring(from, from + count).chars().allMatch(c -> c >= '0' && c <= '9');
        }

        private DateTimeException bad(String element) {
            return new DateTimeException(start() + " as " + quoted(layout) + ": cannot parse "
                    + quoted(text.substring(at)) + " as " + quoted(element));
        }

        private String start() {
            return "parsing time " + quoted(text);
        }

        private static String quoted(String text) {
            return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
        }
    }
}
