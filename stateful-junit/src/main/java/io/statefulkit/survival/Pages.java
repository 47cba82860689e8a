package io.statefulkit.survival;

import io.statefulkit.survival.report.HtmlReport;
import io.statefulkit.survival.report.IndexPage;
import io.statefulkit.survival.report.JsonReport;
import io.statefulkit.survival.report.MarkdownReport;
import io.statefulkit.survival.report.ReportInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The reports of runs, as files.
 *
 * @param all the directory of all runs, with a page that leads to their reports
 */
record Pages(Path all) {

    private static final Logger LOG = LoggerFactory.getLogger(Pages.class);

    /** Writes the report of a run into its directory, and returns the page for people. */
    Path write(Path directory, ReportInput report) {
        Path page = directory.resolve("survival.html");
        write(page, HtmlReport.of(report));
        write(directory.resolve("survival.json"), JsonReport.of(report));
        write(directory.resolve("survival.md"), MarkdownReport.of(report));
        index();
        return page;
    }

    /** Several JVMs may end their runs at the same time: what one of them wrote stays whole. */
    private void index() {
        try {
            String page = IndexPage.of(all);
            Path next = Files.createTempFile(all, "index", ".html");
            try {
                Files.writeString(next, page);
                if (next.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                    Files.setPosixFilePermissions(next, PosixFilePermissions.fromString("rw-r--r--"));
                }
                Files.move(next, all.resolve("index.html"), StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(next);
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("the page that leads to the reports is not up to date", e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the report " + file, e);
        }
    }
}
