package pipeline.validator.checks;

import java.util.List;
import pipeline.validator.checks.evidence.Check;
import pipeline.validator.checks.evidence.Evidence;
import pipeline.validator.dataset.ledger.LedgerSummary;

/** Few events are rejected. */
public record RejectedCheck(double warn, double fail) implements Check {
    @Override
    public Finding check(Evidence evidence) {
        Rule rule = new Rule("rejected", "at most " + percent(warn));
        List<LedgerSummary> ledgers = evidence.ledgers();
        long events = ledgers.stream().mapToLong(LedgerSummary::events).sum();
        long rejected = ledgers.stream().mapToLong(LedgerSummary::rejected).sum();
        if (events == 0) {
            return rule.noData("no ledger", "No ledger counts rejected events.");
        }
        double ratio = (double) rejected / events;
        String observed = rejected + " of " + events + " events, " + percent(ratio);
        if (ratio <= warn) {
            return rule.ok(observed, "Few events are rejected.");
        }
        String message = reason(evidence) + "The files under rejected/ hold each event with its reason.";
        return ratio > fail ? rule.failed(observed, message) : rule.warn(observed, message);
    }

    private static String reason(Evidence evidence) {
        return evidence.rejection()
                .map(event -> "Most of the newest ones: " + event.reason() + ", for example partition "
                        + event.partition() + " offset " + event.offset() + ". ")
                .orElse("");
    }

    private static String percent(double ratio) {
        return Math.round(ratio * 10_000) / 100.0 + " %";
    }
}
