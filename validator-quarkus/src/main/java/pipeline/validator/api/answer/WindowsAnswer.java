package pipeline.validator.api.answer;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import pipeline.validator.dataset.recent.Windows;

/** @param rest the windows of all groups together that have no series, if there are any */
public record WindowsAnswer(
        String size, List<Series> series, @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Window> rest) {
    public record Series(
            @Schema(oneOf = {Long.class, TextOrNull.class, Boolean.class}) Object id, List<Window> windows) {}

    /** @param mean over finite values; null if there is none */
    public record Window(String start, long count, @Schema(nullable = true) Double mean) {
        static Window of(Windows.Window window) {
            return new Window(JsonValues.ts(window.start()), window.count(), JsonValues.number(window.mean()));
        }
    }

    public static WindowsAnswer of(String size, Windows.Averages averages) {
        return new WindowsAnswer(
                size,
                averages.series().stream()
                        .map(one -> new Series(one.id(), windows(one.windows())))
                        .toList(),
                windows(averages.rest()));
    }

    private static List<Window> windows(List<Windows.Window> windows) {
        return windows.stream().map(Window::of).toList();
    }
}
