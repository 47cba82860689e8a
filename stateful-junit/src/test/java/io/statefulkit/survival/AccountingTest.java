package io.statefulkit.survival;

import static org.assertj.core.api.Assertions.assertThat;

import io.statefulkit.survival.history.Books;
import io.statefulkit.survival.history.Element;
import io.statefulkit.survival.history.History;
import io.statefulkit.survival.ledger.Move;
import io.statefulkit.survival.testing.Story;
import io.statefulkit.survival.verdict.Breach;
import io.statefulkit.survival.verdict.Law;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AccountingTest {

    private static final Element FIRST = new Element(0, 1);
    private static final Move MOVE = Move.of(FIRST);

    private final Map<Integer, Books.Account> accounts = new HashMap<>();
    private final History history = new Story().many(1, 20).read("w0#1..20").history();

    AccountingTest() {
        for (int account = 0; account < Move.ACCOUNTS; account++) {
            int here = account;
            List<Element> items = IntStream.rangeClosed(1, 20)
                    .mapToObj(seq -> new Element(0, seq))
                    .filter(element -> Move.of(element).to() == here)
                    .toList();
            long balance = Move.INITIAL
                    + IntStream.rangeClosed(1, 20)
                            .mapToObj(seq -> Move.of(new Element(0, seq)))
                            .mapToLong(move ->
                                    move.to() == here ? move.amount() : move.from() == here ? -move.amount() : 0)
                            .sum();
            accounts.put(account, new Books.Account(balance, items.size(), items));
        }
    }

    private List<Law> broken() {
        return new Accounting(withBooks())
                .check().stream().map(Breach::law).distinct().toList();
    }

    private History withBooks() {
        return new History(
                history.writes(),
                history.deletes(),
                history.readings().stream()
                        .map(reading -> reading.with(new Books(accounts)))
                        .toList(),
                history.steps());
    }

    private Books.Account account(int number) {
        return Objects.requireNonNull(accounts.get(number));
    }

    private void change(int account, long balance, long received, List<Element> items) {
        Books.Account old = account(account);
        accounts.put(account, new Books.Account(old.balance() + balance, old.received() + received, items));
    }

    @Test
    void what_was_booked_with_each_row_breaks_no_law() {
        assertThat(broken()).isEmpty();
        assertThat(new Accounting(history).check()).isEmpty();
    }

    @Test
    void a_transaction_of_which_one_half_is_there_is_found() {
        change(MOVE.from(), MOVE.amount(), 0, account(MOVE.from()).items());

        assertThat(broken()).containsExactly(Law.SUM, Law.WHOLE);
    }

    @Test
    void a_transaction_of_which_only_the_row_is_there_is_found() {
        List<Element> items = new ArrayList<>(account(MOVE.to()).items());
        items.remove(FIRST);
        change(MOVE.from(), MOVE.amount(), 0, account(MOVE.from()).items());
        change(MOVE.to(), -MOVE.amount(), -1, items);

        assertThat(broken()).containsExactlyInAnyOrder(Law.WHOLE, Law.NOT_BELOW, Law.KEPT);
    }

    @Test
    void an_increment_that_was_done_twice_is_found() {
        change(MOVE.to(), 0, 1, account(MOVE.to()).items());

        assertThat(broken()).containsExactly(Law.NOT_ABOVE);
    }

    @Test
    void a_list_in_another_order_is_found() {
        int account = IntStream.range(0, Move.ACCOUNTS)
                .filter(one -> account(one).items().size() > 1)
                .findFirst()
                .orElseThrow();
        List<Element> items = new ArrayList<>(account(account).items());
        items.add(items.remove(0));
        change(account, 0, 0, items);

        assertThat(broken()).containsExactly(Law.ORDER);
    }
}
