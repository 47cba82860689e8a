package io.statefulkit.handle.pod;

import io.statefulkit.deploy.WorkloadRef;

/** Says that a pod may not be evicted now, since that would break a disruption budget; the pod runs on. */
public final class EvictionRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String budget;

    EvictionRefusedException(WorkloadRef ref, String pod, String budget, String answer, Throwable cause) {
        super(
                "pod " + pod + " of " + ref + " may not be evicted: "
                        + (budget.isEmpty() ? "" : "PodDisruptionBudget " + budget + ": ") + answer
                        + "\n"
                        + "  do: wait until the workload is ready and try again, as a drain does; a budget that never"
                        + " allows a disruption blocks all drains, so let it allow one (maxUnavailable 1), or use"
                        + " deletePod(..), which asks no budget",
                cause);
        this.budget = budget;
    }

    /** Returns the name of the budget, empty when the API server does not name one. */
    public String budget() {
        return budget;
    }
}
