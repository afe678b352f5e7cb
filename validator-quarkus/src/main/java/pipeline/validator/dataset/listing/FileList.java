package pipeline.validator.dataset.listing;

import java.util.SortedMap;
import pipeline.validator.dataset.content.Sample;
import pipeline.validator.dataset.storage.Storage;

/** Says which files of a run count, where no ledger does. */
public interface FileList {
    /** Returns the files that count now, by path, each with a stamp that changes whenever its content does. */
    SortedMap<String, Storage.Stamp> files();

    /** Returns what was wrong when the files were last asked for, for people. */
    default Sample problems() {
        return Sample.NONE;
    }
}
