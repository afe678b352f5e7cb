package pipeline.streaming.tree;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import pipeline.events.schema.EventSchema;
import pipeline.events.schema.Partition;

/** The folders that a batch writes into. */
record FolderTree(EventSchema schema) {
    /**
     * With more files open at once, their buffers take more memory than a small heap has, and writing takes longer than sorting
     * does.
     */
    private static final int MOST_OPEN = 5;

    /** Returns the columns that are in the names of the folders, the outermost first. */
    String[] columns() {
        return schema.roles().partition().stream().map(Partition::folder).toArray(String[]::new);
    }

    /** Returns how many files a task keeps open; 0 if it sorts its events by folder, and has one open at a time. */
    int openFiles() {
        long folders = schema.folders().orElse(Long.MAX_VALUE);
        return folders <= MOST_OPEN ? (int) folders : 0;
    }

    /**
     * Returns where the files of each folder are published, as a prefix of their names. Each task may write as many folders as a
     * batch may have, so those that are too many are published together.
     *
     * @param root the folder that the batch was written to
     * @param files in their order
     */
    Map<Path, String> published(Path root, List<Path> files) {
        Map<Path, String> published = new HashMap<>();
        Set<String> own = new HashSet<>();
        boolean isLimited = schema.folders().isPresent();
        for (Path file : files) {
            boolean isOwn = isLimited || own.size() < Partition.MOST_FOLDERS;
            String prefix =
                    published.computeIfAbsent(file.getParent(), folder -> prefix(root.relativize(folder), isOwn));
            if (!prefix.contains("=" + Partition.OTHER)) {
                own.add(prefix);
            }
        }
        return published;
    }

    private String prefix(Path folder, boolean isOwn) {
        StringBuilder prefix = new StringBuilder();
        List<Partition> levels = schema.roles().partition();
        for (int i = 0; i < levels.size(); i++) {
            Partition level = levels.get(i);
            prefix.append(isOwn || level.isOnlyInName() ? folder.getName(i) : level.folder() + "=" + Partition.OTHER)
                    .append('/');
        }
        return prefix.toString();
    }
}
