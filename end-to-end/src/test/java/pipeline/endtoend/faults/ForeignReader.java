package pipeline.endtoend.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import pipeline.endtoend.system.ParquetRows;

/**
 * Polls the tree, and reads each new file as soon as it is visible. It reports a file that cannot be read completely, a file
 * that changed or disappeared after it was visible, and an event that is there twice.
 */
public final class ForeignReader implements Observer {
    private final Path root;
    private final ParquetRows.Format<?> format;
    private final Map<Path, String> seen = new HashMap<>();
    private final Set<String> offsets = new HashSet<>();
    private final Set<String> complaints = new LinkedHashSet<>();
    private long polls;

    /** Reads built-in events. */
    public ForeignReader(Path root) {
        this(root, ParquetRows.BUILT_IN);
    }

    public ForeignReader(Path root, ParquetRows.Format<?> format) {
        this.root = root;
        this.format = format;
    }

    @Override
    public synchronized void poll() throws IOException {
        polls++;
        if (!Files.isDirectory(root)) {
            return;
        }
        Set<Path> visible = new HashSet<>(ParquetRows.files(root));
        seen.keySet().stream()
                .filter(file -> !visible.contains(file))
                .forEach(file -> complaints.add("vanished: " + file));
        for (Path file : visible) {
            look(file);
        }
    }

    private void look(Path file) throws IOException {
        String state = state(file);
        String before = seen.put(file, state);
        if (before == null) {
            read(file);
        } else if (!before.equals(state)) {
            complaints.add("changed: " + file + " from " + before + " to " + state);
        }
    }

    private static String state(Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        return attributes.size() + " bytes of " + attributes.lastModifiedTime() + ", " + attributes.fileKey();
    }

    private void read(Path file) {
        try {
            ParquetRows.read(file, format, row -> {
                String offset = row.partition() + "/" + row.offset();
                if (!offsets.add(offset)) {
                    complaints.add("twice: " + offset + " in " + file);
                }
            });
        } catch (IOException | RuntimeException e) {
            complaints.add("torn: " + file + " (" + e + ")");
        }
    }

    @Override
    public synchronized Set<String> complaints() {
        return Set.copyOf(complaints);
    }

    @Override
    public synchronized String summary() {
        return "glob reader: " + polls + " polls, " + seen.size() + " files, " + offsets.size() + " rows";
    }
}
