package io.statefulkit.survival.history;

import java.util.List;
import java.util.Map;

/**
 * What a read showed of the accounts beside the rows, at the same point in time. Each row is written in one transaction with a transfer
 * between two accounts: the one that is given to counts it and appends the row to its list.
 *
 * @param accounts each account by its number
 */
public record Books(Map<Integer, Account> accounts) {

    /** Copies the map. */
    public Books {
        accounts = Map.copyOf(accounts);
    }

    /**
     * One account.
     *
     * @param balance what it holds
     * @param received how often it was given to
     * @param items the rows it was given to by, in the order in which the database applied them
     */
    public record Account(long balance, long received, List<Element> items) {

        /** Copies the list. */
        public Account {
            items = List.copyOf(items);
        }
    }
}
