package pipeline.validator.checks.ledger;

import pipeline.events.settings.Settings;
import pipeline.validator.checks.evidence.Check;
import pipeline.validator.checks.evidence.Evidence;
import pipeline.validator.dataset.DatasetSnapshot;
import pipeline.validator.dataset.audit.TreeAudit;
import pipeline.validator.dataset.content.Counted;
import pipeline.validator.dataset.content.Sample;
import pipeline.validator.dataset.run.RunSnapshot;

/**
 * The folder holds the committed files, with their rows and sizes, and no others. With a ledger a stray file is a failure,
 * since other readers count it. With Spark's own log it is a warning, since Spark leaves such files after a crash.
 */
public final class LedgerFilesCheck implements Check {
    private static final Rule RULE =
            new Rule("ledger-files", "the committed files, with their rows and bytes, and no others");

    @Override
    public Finding check(Evidence evidence) {
        Sample lost = Sample.of(evidence.data().lost());
        if (!lost.isEmpty()) {
            return RULE.failed("data that was here is gone", lost.sentence("Gone"));
        }
        return evidence.tree()
                .map(tree -> check(tree, evidence.ofAllRuns(RunSnapshot.Faults::otherRows)))
                .orElseGet(() -> RULE.noData("no ledger", "No ledger says which files should be there."));
    }

    @Override
    public String advice(DatasetSnapshot data) {
        return "`" + data.path()
                + "` does not hold exactly the committed files. If data that was here is gone, mount the disk"
                + " again or restore it; if somebody deleted it on purpose, restart the validator. Move stray files out of"
                + " the folder, restore missing ones from a copy, or read the topic again with another `"
                + Settings.RUN_ID + "`.";
    }

    private static Finding check(TreeAudit tree, Sample otherRows) {
        String observed = tree.missing().count() + " missing, "
                + (tree.stray().count() + tree.orphans().count()) + " stray, "
                + tree.otherSize().count() + " with a different size, " + otherRows.count() + " with different rows";
        String failures = Check.join(
                tree.missing().sentence("Missing"),
                tree.stray().sentence("Stray"),
                tree.otherSize().sentence("Different size"),
                otherRows.sentence("Different rows"),
                tree.uncompared() == 0
                        ? ""
                        : "Too many files differ to compare all of them: correct these first, since some of "
                                + Counted.of(tree.uncompared(), "other file") + " differ too.");
        if (!failures.isEmpty()) {
            return RULE.failed(observed, failures);
        }
        if (!tree.orphans().isEmpty()) {
            return RULE.warn(observed, tree.orphans().sentence("Not in Spark's log"));
        }
        if (tree.listed() == 0) {
            return RULE.noData(observed, "There are no files yet.");
        }
        return RULE.ok(
                observed,
                "The folder holds exactly the committed files"
                        + (tree.inPublication() == 0
                                ? "."
                                : ", and " + Counted.of(tree.inPublication(), "file") + " in publication."));
    }
}
