package io.statefulkit.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConsoleProgressTest {

    private static final WorkloadRef ORDERS = WorkloadRef.statefulSet("shop", "orders");
    private static final WorkloadRef CACHE = WorkloadRef.statefulSet("shop", "cache");

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    @Test
    void without_a_terminal_each_change_is_a_line_of_its_own() {
        ConsoleProgress progress = ConsoleProgress.plain(out);

        progress.applied("Service shop/orders", "created");
        progress.waiting(ORDERS, "0 of 1 pods exist");
        progress.done(ORDERS, "ready");

        assertThat(text().lines())
                .containsExactly(
                        "Service shop/orders created",
                        "StatefulSet shop/orders: 0 of 1 pods exist",
                        "StatefulSet shop/orders ready");
    }

    @Test
    void on_a_terminal_each_workload_has_one_line_that_changes() {
        ConsoleProgress progress = ConsoleProgress.live(out);

        progress.waiting(ORDERS, "0 of 1 pods exist");
        progress.waiting(CACHE, "0 of 1 pods exist");
        progress.waiting(ORDERS, "pod orders-0 is Pending");
        progress.done(CACHE, "ready");
        progress.done(ORDERS, "ready");

        assertThat(screen()).containsExactly("StatefulSet shop/orders ready", "StatefulSet shop/cache ready", "");
    }

    @Test
    void what_is_done_does_not_move_what_comes_later() {
        ConsoleProgress progress = ConsoleProgress.live(out);

        progress.waiting(ORDERS, "0 of 1 pods exist");
        progress.done(ORDERS, "ready");
        progress.waiting(CACHE, "0 of 1 pods exist");
        progress.waiting(CACHE, "pod cache-0 is Pending");
        progress.waiting(ORDERS, "pod orders-0 is still terminating");

        assertThat(screen())
                .containsExactly(
                        "StatefulSet shop/orders ready",
                        "StatefulSet shop/cache: pod cache-0 is Pending",
                        "StatefulSet shop/orders: pod orders-0 is still terminating",
                        "");
    }

    private String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** Shows what a terminal would: it knows line feed, carriage return, cursor up and down, and erasing a line. */
    private List<String> screen() {
        List<StringBuilder> rows = new ArrayList<>(List.of(new StringBuilder()));
        int row = 0;
        String text = text();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n') {
                row++;
                if (row == rows.size()) {
                    rows.add(new StringBuilder());
                }
            } else if (c == '\u001b') {
                int end = i + 2;
                while (Character.isDigit(text.charAt(end))) {
                    end++;
                }
                int number = Integer.parseInt(text.substring(i + 2, end));
                switch (text.charAt(end)) {
                    case 'A' -> row -= number;
                    case 'B' -> row += number;
                    default -> rows.get(row).setLength(0);
                }
                i = end;
            } else if (c != '\r') {
                rows.get(row).append(c);
            }
        }
        return rows.stream().map(StringBuilder::toString).toList();
    }
}
