package pipeline.validator.page;

import com.microsoft.playwright.Browser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import pipeline.validator.OutputDir;
import pipeline.validator.PackagedValidator;

/** One browser and one packaged validator for all classes that test the page; each takes seconds to start. */
final class SharedBrowser implements BeforeAllCallback {
    /** The validator starts faster with them. What its options are does not matter to the page. */
    private static final String[] JAVA_OPTIONS = {"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"};

    private static Started started;

    @Override
    public void beforeAll(ExtensionContext context) {
        started = context.getRoot()
                .getStore(Namespace.create(SharedBrowser.class))
                .getOrComputeIfAbsent(Started.class, key -> Started.start(), Started.class);
    }

    Browser browser() {
        return started.chromium.browser();
    }

    PackagedValidator validator() {
        return started.validator;
    }

    Path outputDir() {
        return started.folder.resolve("output");
    }

    /** JUnit closes it after the last class. */
    private record Started(Chromium chromium, Path folder, PackagedValidator validator) implements AutoCloseable {
        static Started start() {
            Chromium chromium = Chromium.start();
            try {
                Path folder = Files.createTempDirectory("page");
                return new Started(chromium, folder, PackagedValidator.start(folder.resolve("output"), JAVA_OPTIONS));
            } catch (IOException e) {
                chromium.close();
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            validator.close();
            OutputDir.delete(folder);
            chromium.close();
        }
    }
}
