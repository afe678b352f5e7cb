package pipeline.streaming.tree;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import pipeline.events.output.RejectedEvent;
import pipeline.streaming.records.TopicLog.OffsetAction;

/** A staged file of rejected events, one JSON object a line. */
record StagedJsonLines(Path file) {
    private static final int BUFFER_BYTES = 1 << 16;

    long lines() throws IOException {
        long[] lines = {0};
        forEachEnd(end -> lines[0]++);
        return lines[0];
    }

    void forEachOffset(OffsetAction action) throws IOException {
        RejectedEvent.forEach(Files.newInputStream(file), event -> {
            action.accept(event.partition(), event.offset());
            return true;
        });
    }

    /** Replaces a file larger than this by several, each of which ends with the line that reaches this size. */
    List<StagedJsonLines> split(long bytes) throws IOException {
        if (Files.size(file) <= bytes) {
            return List.of(this);
        }
        List<StagedJsonLines> parts = new ArrayList<>();
        long from = 0;
        for (long end : cuts(bytes)) {
            Path part = file.resolveSibling(parts.size() + "-" + file.getFileName());
            copy(from, end, part);
            parts.add(new StagedJsonLines(part));
            from = end;
        }
        Files.delete(file);
        return parts;
    }

    private List<Long> cuts(long bytes) throws IOException {
        List<Long> cuts = new ArrayList<>();
        long[] from = {0};
        long[] last = {0};
        forEachEnd(end -> {
            last[0] = end;
            if (end - from[0] >= bytes) {
                cuts.add(end);
                from[0] = end;
            }
        });
        if (last[0] > from[0]) {
            cuts.add(last[0]);
        }
        return cuts;
    }

    /** Passes on the position after each line, in bytes from the start of the file. */
    private void forEachEnd(LongConsumer action) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream in = Files.newInputStream(file)) {
            long before = 0;
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                for (int i = 0; i < length; i++) {
                    if (buffer[i] == '\n') {
                        action.accept(before + i + 1);
                    }
                }
                before += length;
            }
        }
    }

    private void copy(long from, long until, Path part) throws IOException {
        try (FileChannel whole = FileChannel.open(file);
                FileChannel copy = FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (long position = from; position < until; ) {
                position += whole.transferTo(position, until - position, copy);
            }
        }
    }
}
