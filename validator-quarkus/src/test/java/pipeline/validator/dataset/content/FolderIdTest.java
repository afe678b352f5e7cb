package pipeline.validator.dataset.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class FolderIdTest {
    @Test
    void readsTheIdFromTheFolder() {
        assertThat(FolderId.of("run_1/id=3/part-0.parquet")).contains(new FolderId(3));
    }

    @Test
    void knowsSparksFolderForRowsWithoutAnId() {
        assertThat(FolderId.of("run_1/id=__HIVE_DEFAULT_PARTITION__/part-0.parquet"))
                .contains(new FolderId(null));
    }

    @Test
    void findsNoneInAFlatTree() {
        assertThat(FolderId.of("run_1/id=3.parquet")).isEmpty();
    }

    @Test
    void refusesAFolderThatNamesNoWholeNumber() {
        assertThatThrownBy(() -> FolderId.of("run_1/id=x/part-0.parquet"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the folder id=x does not name a whole number");
    }
}
