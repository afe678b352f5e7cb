package pipeline.validator.checks;

import java.util.List;
import java.util.function.Function;
import pipeline.validator.checks.evidence.Check;
import pipeline.validator.checks.evidence.Evidence;
import pipeline.validator.checks.evidence.Finding;
import pipeline.validator.checks.evidence.Sentences;
import pipeline.validator.checks.evidence.Status;
import pipeline.validator.dataset.audit.TreeAudit;
import pipeline.validator.dataset.content.Sample;
import pipeline.validator.dataset.run.RunSnapshot;

/**
 * The folder holds the files that were committed, with their rows and sizes, and no others. A stray file fails where the
 * job keeps a ledger, since other readers count it; under Spark's own log it is a warning: Spark leaves orphaned files.
 */
public final class LedgerFilesCheck implements Check {
    static final String NAME = "ledger-files";
    private static final String EXPECTED = "the committed files, with their rows and bytes, and no others";

    @Override
    public Finding check(Evidence evidence) {
        List<TreeAudit> trees = evidence.trees().stream()
                .filter(tree -> tree.kind() != RunSnapshot.Kind.LISTING)
                .toList();
        if (trees.isEmpty()) {
            return new Finding(
                    NAME, Status.NO_DATA, "no ledger", EXPECTED, "No ledger says which files should be there.");
        }
        Sample missing = sum(trees, RunSnapshot.Kind.LEDGER, TreeAudit::missing)
                .plus(sum(trees, RunSnapshot.Kind.SPARK_METADATA, TreeAudit::missing));
        Sample stray = sum(trees, RunSnapshot.Kind.LEDGER, TreeAudit::stray);
        Sample orphans = sum(trees, RunSnapshot.Kind.SPARK_METADATA, TreeAudit::stray);
        Sample otherSize = sum(trees, RunSnapshot.Kind.LEDGER, TreeAudit::otherSize);
        Sample otherRows =
                evidence.data().runs().stream().map(RunSnapshot::otherRows).reduce(Sample.NONE, Sample::plus);
        String observed = missing.count() + " missing, " + (stray.count() + orphans.count()) + " stray, "
                + otherSize.count() + " of other size, " + otherRows.count() + " of other rows";
        String failures = Sentences.of(
                "Missing", missing, "Stray", stray, "Of other size", otherSize, "Of other rows", otherRows);
        if (!failures.isEmpty()) {
            return new Finding(NAME, Status.FAILED, observed, EXPECTED, failures);
        }
        if (!orphans.isEmpty()) {
            return new Finding(NAME, Status.WARN, observed, EXPECTED, Sentences.of("Not in Spark's log", orphans));
        }
        if (trees.stream().mapToLong(TreeAudit::listed).sum() == 0) {
            return new Finding(NAME, Status.NO_DATA, observed, EXPECTED, "There is no file yet.");
        }
        long inPublication = trees.stream().mapToLong(TreeAudit::inPublication).sum();
        return new Finding(
                NAME,
                Status.OK,
                observed,
                EXPECTED,
                "The folder holds what was committed"
                        + (inPublication == 0 ? "." : ", and " + inPublication + " files in publication."));
    }

    private static Sample sum(List<TreeAudit> trees, RunSnapshot.Kind kind, Function<TreeAudit, Sample> part) {
        return trees.stream().filter(tree -> tree.kind() == kind).map(part).reduce(Sample.NONE, Sample::plus);
    }
}
