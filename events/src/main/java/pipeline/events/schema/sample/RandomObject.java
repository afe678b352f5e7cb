package pipeline.events.schema.sample;

import java.time.Instant;
import java.util.List;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;
import pipeline.events.schema.Field;
import pipeline.events.schema.ObjectType;

/** Objects with the fields that a schema knows, in its order. */
final class RandomObject implements RandomValue {
    private static final int MISSING_IN = 10;

    private final List<Member> members;

    /**
     * @param at the JSON pointer of the object in the schema file
     * @param values returns how the values of a field at a pointer are made up
     */
    RandomObject(ObjectType type, String at, BiFunction<Field, String, RandomValue> values) {
        this.members = type.fields().stream()
                .map(field -> new Member(
                        RandomText.quoted(field.name()) + ":",
                        values.apply(field, at + "/properties/" + escaped(field.name())),
                        field.required()))
                .toList();
    }

    private record Member(String name, RandomValue value, boolean required) {}

    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    @Override
    public void append(StringBuilder json, RandomGenerator random, Instant now) {
        json.append('{');
        int start = json.length();
        for (Member member : members) {
            if (member.required || random.nextInt(MISSING_IN) > 0) {
                json.append(json.length() == start ? "" : ",").append(member.name);
                member.value.append(json, random, now);
            }
        }
        json.append('}');
    }
}
