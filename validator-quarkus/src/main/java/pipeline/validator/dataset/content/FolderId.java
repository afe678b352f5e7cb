package pipeline.validator.dataset.content;

import java.util.Optional;
import pipeline.events.output.OutputTree;

/**
 * The id that a file's folder stands for, as in {@code id=3/part-0.parquet}.
 *
 * @param id null for the folder in which Spark keeps rows without an id
 */
public record FolderId(Integer id) {
    private static final String NULL_FOLDER = "__HIVE_DEFAULT_PARTITION__";

    /**
     * Returns nothing when no folder of the path names an id.
     *
     * @throws IllegalArgumentException when a folder names one that is no whole number
     */
    public static Optional<FolderId> of(String path) {
        String[] names = path.split("/");
        for (int i = names.length - 2; i >= 0; i--) {
            if (names[i].startsWith(OutputTree.ID_PREFIX)) {
                return Optional.of(parse(names[i].substring(OutputTree.ID_PREFIX.length())));
            }
        }
        return Optional.empty();
    }

    private static FolderId parse(String text) {
        if (text.equals(NULL_FOLDER)) {
            return new FolderId(null);
        }
        try {
            return new FolderId(Integer.valueOf(text));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "the folder " + OutputTree.ID_PREFIX + text + " does not name a whole number", e);
        }
    }
}
