package pipeline.events.schema.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.TextNode;
import com.google.re2j.Pattern;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EcmaPatternTest {

    private static Pattern compile(String pattern) {
        return EcmaPattern.compile(new SchemaNode("f", "/pattern", new TextNode(pattern)));
    }

    private static boolean find(String pattern, String text) {
        return compile(pattern).matcher(text).find();
    }

    @ParameterizedTest
    @CsvSource({
        "b, abc",
        "^\\u0041$, A",
        "^\\u{1F600}$, \ud83d\ude00",
        "^\\uD83D\\uDE00$, \ud83d\ude00",
        "^.$, \ud83d\ude00",
        "^[\\u00e0-\\u00ff]+$, \u00e9\u00e8",
        "^\\p{Script=Greek}+$, \u03b1\u03b2",
        "^\\p{sc=Latin}\\P{Lu}$, aa",
        "^\\p{Letter}\\p{gc=Nd}$, \u00e97",
        "^\\x41\\cJ?$, A",
        "^(?<year>\\d{4})-\\d{2}$, 2026-11",
        "^a\\-b\\/c$, a-b/c",
        "^[\\w.-]+@[^@]+$, a.b@c",
        "^a]}$, a]}",
        "^[[^&]+$, [^&",
        "^[^]$, x",
        "^[\\S]$, x",
        "'^a{2}b{1,}c{0,3}?$', aabcc",
        "^\\.\\*\\$$, .*$"
    })
    void matchesAsInEcma262(String pattern, String text) {
        assertThat(find(pattern, text)).isTrue();
    }

    @Test
    void pointTakesNoLineEnd() {
        for (String end : new String[] {"\n", "\r", "\u2028", "\u2029"}) {
            assertThat(find("^.$", end)).isFalse();
        }
        assertThat(find("^.$", "\u0085")).isTrue();
    }

    @Test
    void spaceIsThatOfEcma262() {
        Pattern space = compile("\\s");
        Pattern noSpace = compile("[\\S]");
        for (int c = 0; c <= Character.MAX_VALUE; c++) {
            boolean isSpace = "\t\n\u000b\f\r \u00a0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff".indexOf(c) >= 0
                    || (c >= 0x2000 && c <= 0x200a);
            String text = Character.toString((char) c);
            if (!Character.isSurrogate((char) c)) {
                assertThat(space.matcher(text).find()).as("%x", c).isEqualTo(isSpace);
                assertThat(noSpace.matcher(text).find()).as("%x", c).isEqualTo(!isSpace);
            }
        }
    }

    @Test
    void endIsTheEndOfTheText() {
        assertThat(find("a$", "a\n")).isFalse();
        assertThat(find("^a", "\na")).isFalse();
        assertThat(find("[]", "a")).isFalse();
        assertThat(find("^[\\b]$", "\b")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a(?=b)",
                "a(?!b)",
                "(?<=a)b",
                "(?<!a)b",
                "(a)\\1",
                "(?<x>a)\\k<x>",
                "(?i)a",
                "(?P<x>a)",
                "\\Z",
                "\\A",
                "\\Qa",
                "\\pL",
                "\\p{scx=Latin}",
                "\\p{Nothing}",
                "\\p{Script=Nothing}",
                "\\u12",
                "\\ud800",
                "\\u{110000}",
                "\\c1",
                "\\01",
                "a{1001}",
                "(a{100}){100}",
                "a{,5}",
                "a{x",
                "(a",
                "a)",
                "[a",
                "[b-a]",
                "a**",
                "*",
                "\\",
                "[\\B]",
                "a++"
            })
    void refusesWhatRe2jHasNot(String pattern) {
        assertThatThrownBy(() -> find(pattern, ""))
                .isInstanceOf(InvalidSchemaException.class)
                .hasMessageMatching("f: /pattern: not supported: .*; supported are regular expressions of ECMA-262 .*");
    }

    @Test
    @Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD, unit = TimeUnit.SECONDS)
    void takesNoLongerThanTheTextIsLong() {
        assertThat(find("^(a+)+$", "a".repeat(100_000) + "b")).isFalse();
    }
}
