package pipeline.events.schema.sample;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pipeline.events.schema.EventSchema;
import pipeline.events.schema.file.SchemaFile;

/** A schema can be read for the job, but no events of it can be made up: one line with the JSON pointer says why. */
class NoSampleTest {

    @ParameterizedTest(name = "{1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "{'type':'string','pattern':'^[A-Z]'} | : a string with a pattern needs examples to be simulated: add 'examples': ['…']",
                "{'type':'string','pattern':'^[A-Z]','examples':[]} | : a string with a pattern needs examples to be simulated: add 'examples': ['…']",
                "{'type':['string','null'],'format':'date','pattern':'-01$'} | : a string with a pattern needs examples to be simulated: add 'examples': ['…']",
                "{'type':'array','items':{'type':'string','pattern':'x'}} | /items: a string with a pattern needs examples to be simulated: add 'examples': ['…']",
                "{'type':'object','properties':{'x/~':{'type':'string','pattern':'x'}, 'b':{'const':1}}} | /properties/x~1~0: a string with a pattern needs examples to be simulated: add 'examples': ['…']",
                "{'type':'string','pattern':'^[A-Z]','examples':['A','b']} | /examples/1: does not match the pattern",
                "{'type':'string','maxLength':3,'examples':['abcd']} | /examples/0: more than 3 code points",
                "{'type':'integer','examples':[1.5]} | /examples/0: not an integer",
                "{'type':'integer','examples':[null]} | /examples/0: not an integer",
                "{'type':'object','properties':{'b':{'type':'integer'}},'required':['b'],'examples':[{'b':1},{}]} | /examples/1/b: missing",
                "{'type':'array','items':{'type':'integer'},'examples':[[1,'2']]} | /examples/0/1: not an integer",
                "{'type':'integer','minimum':3,'maximum':2} | : no value is valid: the bounds exclude every integer",
                "{'type':'integer','exclusiveMinimum':3,'exclusiveMaximum':4} | : no value is valid: the bounds exclude every integer",
                "{'type':'integer','minimum':1e19} | : no value is valid: the bounds exclude every integer",
                "{'type':['number','null'],'minimum':3,'exclusiveMaximum':3} | : no value is valid: the bounds exclude every number",
                "{'type':'number','minimum':1,'maximum':4,'multipleOf':5} | : no value is valid: the bounds exclude every number that is a multiple of 5",
                "{'type':'integer','minimum':1,'maximum':4,'multipleOf':2.5} | : no value is valid: the bounds exclude every integer that is a multiple of 2.5",
                "{'enum':[1,2],'minimum':3} | : no value is valid: the other constraints exclude those of enum and const",
                "{'const':'b','pattern':'a'} | : no value is valid: the other constraints exclude those of enum and const",
                "{'enum':['2026-02-30'],'format':'date'} | : no value is valid: the other constraints exclude those of enum and const",
                "{'type':'string','minLength':3,'maxLength':2} | : no value is valid: minLength is more than maxLength",
                "{'type':'string','minLength':100001} | : values are too long to be simulated: minLength is more than 100000",
                "{'type':'string','format':'uuid','maxLength':35} | : no value is valid: minLength or maxLength excludes every UUID",
                "{'type':'string','format':'date-time','maxLength':19} | : no value is valid: minLength or maxLength excludes every date-time",
                "{'type':'string','format':'date','minLength':11} | : no value is valid: minLength or maxLength excludes every date",
                "{'type':'array','items':{'type':'integer'},'minItems':3,'maxItems':2} | : no value is valid: minItems is more than maxItems",
            })
    void saysWhereAndWhyInOneLine(String ofA, String line) {
        String file = "{'type':'object','properties':{'a':" + ofA + "}}";
        EventSchema schema = SchemaFile.parse("a.json", file.replace('\'', '"').getBytes(UTF_8));

        assertThatThrownBy(() -> new RandomEvents(schema, new SplittableRandom(1)))
                .isInstanceOf(NoSampleException.class)
                .hasMessage("/properties/a" + line.replace('\'', '"'));
    }
}
