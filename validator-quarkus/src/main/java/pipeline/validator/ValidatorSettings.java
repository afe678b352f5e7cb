package pipeline.validator;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.eclipse.microprofile.config.Config;
import pipeline.events.output.OutputTree;
import pipeline.events.settings.Component;
import pipeline.events.settings.Settings;
import pipeline.validator.dataset.audit.RejectedFiles;
import pipeline.validator.dataset.storage.LocalStorage;
import pipeline.validator.dataset.storage.Storage;
import pipeline.validator.dataset.storage.Watch;
import pipeline.validator.dataset.storage.WatchedStorage;
import pipeline.validator.validation.Intervals;

/** Makes the settings, and the storage that they name, injectable. Reads them from Quarkus, where tests can set them. */
@ApplicationScoped
public class ValidatorSettings {
    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(10);

    @Produces
    @Singleton
    Settings settings(Config config) {
        return Settings.of(Component.VALIDATOR, name -> config.getOptionalValue(name, String.class));
    }

    @Produces
    @Singleton
    Intervals intervals(Config config) {
        return Intervals.of(config);
    }

    @Produces
    @Singleton
    Watch watch() {
        return new Watch(ANSWERS_WITHIN);
    }

    @Produces
    @Singleton
    Storage storage(Settings settings, Watch watch) {
        return new WatchedStorage(new LocalStorage(new OutputTree(settings.get(Settings.OUTPUT_DIR)).parquet()), watch);
    }

    @Produces
    @Singleton
    RejectedFiles rejectedFiles(Settings settings, Watch watch) {
        Path folder = new OutputTree(settings.get(Settings.OUTPUT_DIR))
                .rejected("any")
                .getParent();
        return new RejectedFiles(new WatchedStorage(new LocalStorage(folder), watch));
    }

    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }
}
