package io.statefulkit.samples.cli;

import io.statefulkit.deploy.ProgressListener;
import io.statefulkit.deploy.WorkloadRef;
import java.io.PrintWriter;

/** Tells what the library does between the lines of a story, so that the two cannot be confused. */
record Progress(PrintWriter out) implements ProgressListener {

    @Override
    public void applied(String object, String what) {
        print(object + " " + what);
    }

    @Override
    public void waiting(WorkloadRef workload, String missing) {
        print(workload.kind() + " " + workload.name() + ": " + missing);
    }

    @Override
    public void done(WorkloadRef workload, String what) {
        print(workload.kind() + " " + workload.name() + " " + what);
    }

    private void print(String text) {
        out.println("       . " + text.replace('\n', ' '));
        out.flush();
    }
}
