package pipeline.validator.dataset.listing;

import java.util.SortedMap;
import pipeline.validator.dataset.content.Sample;
import pipeline.validator.dataset.storage.Storage;

/** Tells which files of a run count if there is no ledger. */
public interface FileList {
    /** Returns the files that count now, by path, each with its stamp. */
    SortedMap<String, Storage.Stamp> files();

    /** Returns what was wrong at the last call of {@link #files}, for people. */
    default Sample problems() {
        return Sample.NONE;
    }
}
