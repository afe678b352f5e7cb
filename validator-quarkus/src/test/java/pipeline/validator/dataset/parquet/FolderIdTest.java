package pipeline.validator.dataset.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import pipeline.validator.dataset.parquet.ParquetFile.FolderId;
import pipeline.validator.dataset.storage.UnreadableFileException;

class FolderIdTest {
    @Test
    void readsTheIdFromTheFolder() throws Exception {
        assertThat(FolderId.of("run_1/id=3/part-0.parquet")).contains(new FolderId(3));
    }

    @Test
    void knowsSparksFolderForRowsWithoutAnId() throws Exception {
        assertThat(FolderId.of("run_1/id=__HIVE_DEFAULT_PARTITION__/part-0.parquet"))
                .contains(new FolderId(null));
    }

    @Test
    void findsNoneInAFlatTree() throws Exception {
        assertThat(FolderId.of("run_1/id=3.parquet")).isEmpty();
    }

    @Test
    void refusesAFolderWithoutAWholeNumber() {
        assertThatThrownBy(() -> FolderId.of("run_1/id=x/part-0.parquet"))
                .isInstanceOf(UnreadableFileException.class)
                .hasMessage("the folder id=x does not name a whole number");
    }
}
