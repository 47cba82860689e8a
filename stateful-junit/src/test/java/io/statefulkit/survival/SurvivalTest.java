package io.statefulkit.survival;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.statefulkit.survival.ledger.Hazard;
import io.statefulkit.survival.ledger.Session;
import io.statefulkit.survival.ledger.Store;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SurvivalTest {

    @TempDir
    private Path reports;

    /** The row would be gone, and its transfer not: each deletion would be called a loss. */
    @Test
    void rows_with_accounts_beside_them_are_not_deleted() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        Survival.of(new Accounts()).deleting(0.1).into(reports).through(List.of()))
                .withMessage(
                        "accounts cannot be judged when rows are deleted, expected deleting(0), got 0.1: do it in a"
                                + " run without keepingAccounts()");
    }

    /** A database with accounts, of which nobody gets to see anything. */
    private static final class Accounts implements Subject, Store {

        private static UnsupportedOperationException unasked() {
            return new UnsupportedOperationException("nothing may be done");
        }

        @Override
        public KubernetesClient client() {
            throw unasked();
        }

        @Override
        public String namespace() {
            throw unasked();
        }

        @Override
        public String name() {
            throw unasked();
        }

        @Override
        public Connections connect() {
            return new Connections() {
                @Override
                public Store store(String run) {
                    return Accounts.this;
                }

                @Override
                public void close() {
                    // Nothing is open.
                }
            };
        }

        @Override
        public boolean keepsAccounts() {
            return true;
        }

        @Override
        public List<Hazard> prepare() {
            throw unasked();
        }

        @Override
        public Session open() {
            throw unasked();
        }

        @Override
        public String identity() {
            throw unasked();
        }

        @Override
        public void drop() {
            throw unasked();
        }
    }
}
