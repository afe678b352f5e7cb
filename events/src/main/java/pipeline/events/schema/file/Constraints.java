package pipeline.events.schema.file;

import com.google.re2j.Pattern;
import java.math.BigDecimal;
import java.util.Set;
import pipeline.events.schema.Count;
import pipeline.events.schema.NumberRules;
import pipeline.events.schema.Range;
import pipeline.events.schema.TextRules;

/** Reads the keywords that constrain values of one type. */
final class Constraints {
    private Constraints() {}

    static NumberRules numbers(SchemaNode node, Set<BigDecimal> allowed) {
        BigDecimal multipleOf = number(node, "multipleOf");
        if (multipleOf != null) {
            node.get("multipleOf").require(multipleOf.signum() > 0, "has to be more than 0");
        }
        return new NumberRules(range(node), multipleOf, allowed);
    }

    private static Range range(SchemaNode node) {
        BigDecimal lower = number(node, "minimum");
        BigDecimal above = number(node, "exclusiveMinimum");
        BigDecimal upper = number(node, "maximum");
        BigDecimal below = number(node, "exclusiveMaximum");
        boolean lowerIsIn = lower != null && (above == null || lower.compareTo(above) > 0);
        boolean upperIsIn = upper != null && (below == null || upper.compareTo(below) < 0);
        return new Range(lowerIsIn ? lower : above, lowerIsIn, upperIsIn ? upper : below, upperIsIn);
    }

    private static BigDecimal number(SchemaNode node, String keyword) {
        return node.has(keyword) ? node.get(keyword).number() : null;
    }

    static TextRules texts(SchemaNode node, Set<String> allowed) {
        Pattern pattern = node.has("pattern") ? EcmaPattern.compile(node.get("pattern")) : null;
        boolean isUuid = node.has("format") && node.get("format").text().equals("uuid");
        return new TextRules(count(node, "minLength", "maxLength"), pattern, isUuid, allowed);
    }

    static Count items(SchemaNode node) {
        return count(node, "minItems", "maxItems");
    }

    private static Count count(SchemaNode node, String min, String max) {
        return new Count(
                node.has(min) ? node.get(min).count() : Count.ANY.min(),
                node.has(max) ? node.get(max).count() : Count.ANY.max());
    }
}
