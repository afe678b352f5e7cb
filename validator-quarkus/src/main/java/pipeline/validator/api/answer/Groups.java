package pipeline.validator.api.answer;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import pipeline.events.output.OutputTree;
import pipeline.events.schema.EventSchema;
import pipeline.events.schema.Roles;
import pipeline.validator.dataset.DatasetSnapshot;
import pipeline.validator.dataset.content.Tallies;
import pipeline.validator.dataset.content.Tally;

/**
 * The groups of an answer, in their order.
 *
 * @param roles nothing unless all events have a schema with the same roles
 * @param listed those with the most rows, if the events have a schema; otherwise all
 * @param rest the others, null if there are none
 */
record Groups(Optional<Roles> roles, List<Map.Entry<Object, Tally>> listed, AggregatesAnswer.Rest rest) {
    private static final int MOST_LISTED = 1_000;

    static Groups of(DatasetSnapshot data) {
        Tallies tallies = data.tallies();
        List<Map.Entry<Object, Tally>> all = List.copyOf(tallies.byId().entrySet());
        if (!data.hasSchemas()) {
            return new Groups(Optional.empty(), all, null);
        }
        if (all.size() <= MOST_LISTED) {
            return new Groups(roles(data), all, rest(tallies, List.of()));
        }
        List<Map.Entry<Object, Tally>> largest = tallies.largest(all.size());
        List<Map.Entry<Object, Tally>> listed = largest.subList(0, MOST_LISTED).stream()
                .sorted(Map.Entry.comparingByKey(Tallies.ORDER))
                .toList();
        return new Groups(roles(data), listed, rest(tallies, largest.subList(MOST_LISTED, all.size())));
    }

    private static AggregatesAnswer.Rest rest(Tallies tallies, List<Map.Entry<Object, Tally>> unlisted) {
        if (unlisted.isEmpty() && tallies.rest().isEmpty()) {
            return null;
        }
        Tally rest = new Tally();
        unlisted.forEach(group -> rest.add(group.getValue()));
        tallies.rest().ifPresent(rest::add);
        return AggregatesAnswer.Rest.of(tallies.rest().isPresent() ? null : unlisted.size(), rest);
    }

    private static Optional<Roles> roles(DatasetSnapshot data) {
        Set<Roles> different = new HashSet<>();
        data.events().forEach(events -> events.newest()
                .map(EventSchema::roles)
                .ifPresent(roles -> different.add(new Roles(roles.group(), roles.time(), roles.value(), List.of()))));
        return data.builtInRuns().isEmpty() && different.size() == 1
                ? different.stream().findFirst()
                : Optional.empty();
    }

    String groupedBy() {
        return roles.map(Roles::group).orElse(null);
    }

    String timeFrom() {
        return roles.map(Groups::time).orElse(null);
    }

    String valueOf() {
        return roles.map(Roles::value).orElse(null);
    }

    private static String time(Roles roles) {
        return Objects.requireNonNullElse(roles.time(), OutputTree.KAFKA_TIMESTAMP);
    }
}
