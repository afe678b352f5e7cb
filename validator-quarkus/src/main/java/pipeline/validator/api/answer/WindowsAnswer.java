package pipeline.validator.api.answer;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import pipeline.validator.dataset.recent.Windows;

public record WindowsAnswer(String size, List<Series> series) {
    public record Series(
            @Schema(oneOf = {Long.class, TextOrNull.class, Boolean.class}) Object id, List<Window> windows) {}

    /** @param mean over finite values; null if there is none */
    public record Window(String start, long count, @Schema(nullable = true) Double mean) {
        static Window of(Windows.Window window) {
            return new Window(JsonValues.ts(window.start()), window.count(), JsonValues.number(window.mean()));
        }
    }

    public static WindowsAnswer of(String size, List<Windows.Series> series) {
        return new WindowsAnswer(
                size,
                series.stream()
                        .map(one -> new Series(
                                one.id(), one.windows().stream().map(Window::of).toList()))
                        .toList());
    }
}
