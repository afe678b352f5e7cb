package pipeline.validator.checks.ledger;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import pipeline.validator.checks.evidence.Check;
import pipeline.validator.checks.evidence.Evidence;
import pipeline.validator.dataset.DatasetSnapshot;
import pipeline.validator.dataset.content.Counted;
import pipeline.validator.dataset.ledger.LedgerSummary;
import pipeline.validator.dataset.run.RecentTotals;

/** Few events of the newest batches are rejected. Earlier rejections are only counted, and do not change the status. */
public record RejectedCheck(double warn, double fail) implements Check {
    @Override
    public Finding check(Evidence evidence) {
        Rule rule = new Rule("rejected", "at most " + percent(warn));
        List<LedgerSummary> ledgers = evidence.ledgers();
        long events = ledgers.stream().mapToLong(LedgerSummary::events).sum();
        long rejected = ledgers.stream().mapToLong(LedgerSummary::rejected).sum();
        Optional<RecentTotals> newest = evidence.data().recent();
        if (events == 0 || newest.isEmpty()) {
            return rule.noData("no ledger", "No ledger counts rejected events.");
        }
        RecentTotals recent = newest.get();
        double ratio = ratio(recent.rejected(), recent.events());
        String observed = recent.events() == events
                ? rate(rejected, events)
                : rate(recent.rejected(), recent.events()) + " " + recent.period() + "; " + rate(rejected, events)
                        + " in all";
        if (ratio <= warn) {
            return rule.ok(observed, "Few events are rejected.");
        }
        String message = reason(evidence) + "Each event with its reason: "
                + evidence.data().rejectedPath() + ".";
        return ratio > fail ? rule.failed(observed, message) : rule.warn(observed, message);
    }

    @Override
    public String advice(DatasetSnapshot data) {
        return "Many new events are not valid. `" + data.rejectedPath()
                + "` holds each of them with its reason. Fix the" + " program that sends them.";
    }

    private static String reason(Evidence evidence) {
        return evidence.rejection()
                .map(event -> "Most of the newest ones: " + event.reason() + ", for example partition "
                        + event.partition() + " offset " + event.offset() + ". ")
                .orElse("");
    }

    private static double ratio(long rejected, long events) {
        return events == 0 ? 0 : (double) rejected / events;
    }

    private static String rate(long rejected, long events) {
        return rejected + " of " + Counted.of(events, "event") + ", " + percent(ratio(rejected, events));
    }

    private static String percent(double ratio) {
        BigDecimal percent = BigDecimal.valueOf(Math.round(ratio * 10_000), 2);
        return percent.stripTrailingZeros().toPlainString() + " %";
    }
}
