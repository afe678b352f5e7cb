package pipeline.endtoend.golden;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.metadata.FileMetaData;
import pipeline.endtoend.system.ParquetRows;
import pipeline.endtoend.system.SystemUnderTest;
import pipeline.events.output.OutputTree;

/**
 * What a run has published, and what the validator says about it. JSON is shown as it is, with line breaks between objects. An
 * asterisk stands for what differs from run to run: times, durations, folders, and the ids of cluster and topic.
 */
final class RunAsText {
    private static final List<String> REQUESTS = List.of(
            "/aggregates?head=1000",
            "/rows?last=1000",
            "/batches",
            "/windows?last=6h",
            "/validation?deep=true",
            "/progress");

    private static final JsonStringEncoder ESCAPES = JsonStringEncoder.getInstance();

    private final SystemUnderTest system;
    private final OutputTree tree;
    private final StringBuilder text = new StringBuilder();

    RunAsText(SystemUnderTest system) {
        this.system = system;
        this.tree = system.tree();
    }

    String text() throws IOException {
        for (Path file : ParquetRows.files(tree.run(SystemUnderTest.RUN))) {
            addParquet(file);
        }
        for (Path file : files(tree.rejected(SystemUnderTest.RUN))) {
            addRejected(file);
        }
        for (Path file : files(tree.ledger(SystemUnderTest.RUN))) {
            addTitle(tree.run(SystemUnderTest.RUN).relativize(file).toString());
            addJson(Files.readString(file));
        }
        for (String request : REQUESTS) {
            addTitle("GET " + request);
            addJson(system.get(request).orElseThrow());
        }
        return text.toString();
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private void addParquet(Path file) throws IOException {
        List<String> rows = new ArrayList<>();
        ParquetRows.readGroups(file, group -> rows.add(row(group)));
        FileMetaData footer = ParquetRows.footer(file).getFileMetaData();
        addTitle(tree.run(SystemUnderTest.RUN).relativize(file) + ", " + rows.size() + " rows");
        text.append(footer.getSchema());
        new TreeMap<>(footer.getKeyValueMetaData()).forEach((key, value) -> addLine(key + ": " + value));
        rows.forEach(this::addLine);
    }

    private static String row(Group row) {
        return row.getType().getFields().stream()
                .map(field -> field.getName() + "=" + value(row, field.getName()))
                .collect(Collectors.joining(" "));
    }

    private static String value(Group row, String field) {
        return row.getFieldRepetitionCount(field) == 0
                ? "null"
                : String.valueOf(
                        ESCAPES.quoteAsString(row.getValueToString(row.getType().getFieldIndex(field), 0)));
    }

    private void addRejected(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        addTitle(tree.rejected(SystemUnderTest.RUN).relativize(file) + ", " + lines.size() + " rejected");
        lines.forEach(this::addLine);
    }

    private void addJson(String json) {
        addLine(json.replace(system.root().toString(), "*")
                .replaceAll("(\"(committedAt|asOf|topicId|clusterId)\":\")[^\"]*", "$1*")
                .replaceAll("(\"observed\":\")[0-9hms]+ old", "$1* old")
                .replaceAll("(\"expected\":\"present, not after )[^\"]*", "$1*")
                .replaceAll("(?<=[\\[,])(?=\\{\")", "\n"));
    }

    private void addTitle(String title) {
        addLine("== " + title);
    }

    private void addLine(String line) {
        text.append(line).append('\n');
    }
}
