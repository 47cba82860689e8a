package io.statefulkit.survival.report;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** A result as one page that needs nothing else: no network, no script, no other file. */
public final class HtmlReport {

    private HtmlReport() {}

    /** The page. What comes from the cluster or the database is escaped. */
    public static String of(ReportInput input) {
        return template().execute(Page.of(input));
    }

    private static Template template() {
        try (InputStream in = Objects.requireNonNull(HtmlReport.class.getResourceAsStream("survival.html"));
                InputStreamReader reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
            return Mustache.compiler().escapeHTML(true).emptyStringIsFalse(true).compile(reader);
        } catch (IOException e) {
            throw new UncheckedIOException("the template of the report cannot be read", e);
        }
    }
}
