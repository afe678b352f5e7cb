package pipeline.events.output;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import pipeline.events.offsets.OffsetRange;

/**
 * The file with the absent offsets of a batch: CSV in ASCII with a header, one line for each range, ordered by partition and
 * offset.
 *
 * <pre>
 * partition,from,until
 * 0,100,101
 * </pre>
 */
public final class AbsentFile {
    private static final String HEADER = "partition,from,until";
    private static final Pattern LINE = Pattern.compile("(\\d{1,10}),(\\d{1,19}),(\\d{1,19})");

    private AbsentFile() {}

    public static byte[] encode(Map<Integer, List<OffsetRange>> ranges) {
        StringBuilder text = new StringBuilder(HEADER).append('\n');
        new TreeMap<>(ranges)
                .forEach((partition, ofPartition) -> ofPartition.forEach(range -> text.append(partition)
                        .append(',')
                        .append(range.from())
                        .append(',')
                        .append(range.until())
                        .append('\n')));
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** @throws LedgerFormatException when it is not such a file */
    public static SortedMap<Integer, List<OffsetRange>> decode(byte[] content) throws LedgerFormatException {
        String text = new String(content, StandardCharsets.US_ASCII);
        List<String> lines = text.lines().toList();
        if (!text.endsWith("\n") || !lines.get(0).equals(HEADER)) {
            throw new LedgerFormatException("not a list of absent offsets");
        }
        SortedMap<Integer, List<OffsetRange>> ranges = new TreeMap<>();
        for (String line : lines.subList(1, lines.size())) {
            add(line, ranges);
        }
        return ranges;
    }

    private static void add(String line, SortedMap<Integer, List<OffsetRange>> ranges) throws LedgerFormatException {
        Matcher numbers = LINE.matcher(line);
        try {
            if (numbers.matches()) {
                OffsetRange range = new OffsetRange(Long.parseLong(numbers.group(2)), Long.parseLong(numbers.group(3)));
                ranges.computeIfAbsent(Integer.valueOf(numbers.group(1)), first -> new ArrayList<>())
                        .add(range);
                return;
            }
        } catch (IllegalArgumentException e) {
            // The message below covers this case too.
        }
        throw new LedgerFormatException("not a range of absent offsets: " + line);
    }
}
