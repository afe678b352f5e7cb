package pipeline.validator.dataset.parquet;

import java.util.Optional;
import pipeline.events.output.OutputTree;
import pipeline.validator.dataset.storage.UnreadableFileException;

/**
 * The id in the name of a file's folder, as in {@code id=3/part-0.parquet}.
 *
 * @param id null for the folder in which Spark keeps rows without an id
 */
record FolderId(Integer id) {
    private static final String NULL_FOLDER = "__HIVE_DEFAULT_PARTITION__";

    /** Returns nothing if no folder of the path names an id. */
    static Optional<FolderId> of(String path) throws UnreadableFileException {
        String[] names = path.split("/");
        for (int i = names.length - 2; i >= 0; i--) {
            if (names[i].startsWith(OutputTree.ID_PREFIX)) {
                return Optional.of(parse(names[i].substring(OutputTree.ID_PREFIX.length())));
            }
        }
        return Optional.empty();
    }

    private static FolderId parse(String text) throws UnreadableFileException {
        try {
            return new FolderId(text.equals(NULL_FOLDER) ? null : Integer.valueOf(text));
        } catch (NumberFormatException e) {
            throw new UnreadableFileException(
                    "the folder " + OutputTree.ID_PREFIX + text + " does not name a whole number", e);
        }
    }
}
