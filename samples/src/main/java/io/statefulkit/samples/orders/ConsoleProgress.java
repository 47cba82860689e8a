package io.statefulkit.samples.orders;

import io.statefulkit.deploy.ProgressListener;
import io.statefulkit.deploy.WorkloadRef;
import java.io.PrintStream;

/** Prints what a deployment does, a line each. */
record ConsoleProgress(PrintStream out) implements ProgressListener {

    @Override
    public void applied(String object, String what) {
        out.println("  " + object + " " + what);
    }

    @Override
    public void waiting(WorkloadRef workload, String missing) {
        out.println("  " + workload + ": " + missing);
    }

    @Override
    public void done(WorkloadRef workload, String what) {
        out.println("  " + workload + " " + what);
    }
}
