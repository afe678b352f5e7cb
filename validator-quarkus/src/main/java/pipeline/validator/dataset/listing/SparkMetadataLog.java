package pipeline.validator.dataset.listing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import pipeline.validator.dataset.content.Sample;
import pipeline.validator.dataset.storage.Storage;

/**
 * The log that Spark's own streaming sink keeps in {@value #FOLDER}. File {@code <n>} names the files that batch n added;
 * about every tenth, {@code <n>.compact}, names all files so far. The paths are those that Spark used, so only their last
 * part counts here: the partition folders ({@code id=3}) and the name.
 */
public final class SparkMetadataLog implements FileList {
    public static final String FOLDER = "_spark_metadata";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern NAME = Pattern.compile("(\\d{1,18})(\\.compact)?");
    private static final Pattern TAIL = Pattern.compile("([^/]*=[^/]*/)*[^/]+(?=/*$)");

    private final Storage storage;
    private final String run;
    private List<Storage.Entry> known = List.of();
    private SortedMap<String, Storage.Stamp> files = Collections.emptySortedMap();
    private Sample problems = Sample.NONE;

    /** @param run the run's folder, ending with a slash unless it is the root */
    public SparkMetadataLog(Storage storage, String run) {
        this.storage = storage;
        this.run = run;
    }

    public String path() {
        return run + FOLDER;
    }

    @Override
    public SortedMap<String, Storage.Stamp> files() {
        List<Storage.Entry> entries = storage.list(path()).orElse(List.of());
        if (!entries.equals(known)) {
            files = read(entries);
            known = entries;
        }
        return files;
    }

    @Override
    public Sample problems() {
        return problems;
    }

    private SortedMap<String, Storage.Stamp> read(List<Storage.Entry> entries) {
        TreeMap<Long, String> batches = new TreeMap<>();
        long start = 0;
        for (Storage.Entry entry : entries) {
            Matcher name = NAME.matcher(entry.name());
            if (name.matches()) {
                long number = Long.parseLong(name.group(1));
                boolean isCompact = name.group(2) != null;
                batches.merge(number, entry.name(), (one, other) -> isCompact ? other : one);
                start = isCompact ? Math.max(start, number) : start;
            }
        }
        SortedMap<String, Storage.Stamp> result = new TreeMap<>();
        problems = Sample.NONE;
        batches.tailMap(start).values().forEach(name -> apply(path() + "/" + name, result));
        return result;
    }

    private void apply(String batch, SortedMap<String, Storage.Stamp> result) {
        try {
            new String(storage.read(batch), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1) // the format's version
                    .filter(line -> !line.isBlank())
                    .forEach(line -> applyLine(line, result));
        } catch (IOException | IllegalArgumentException e) {
            problems = problems.plus(batch + " is not a valid Spark log: " + e.getMessage());
        }
    }

    private void applyLine(String line, SortedMap<String, Storage.Stamp> result) {
        JsonNode file;
        try {
            file = JSON.readTree(line);
        } catch (IOException e) {
            throw new IllegalArgumentException("not JSON: " + line, e);
        }
        String path = run + tail(file.path("path").asText());
        if (file.path("action").asText("add").equals("delete")) {
            result.remove(path);
        } else {
            Instant modified =
                    Instant.ofEpochMilli(file.path("modificationTime").asLong());
            result.put(path, new Storage.Stamp(file.path("size").asLong(), modified, null));
        }
    }

    /** Returns for example {@code id=3/part-0.parquet} for {@code file:///data/run_1/id=3/part-0.parquet}. */
    private static String tail(String uri) {
        String path = URI.create(uri).getPath();
        Matcher tail = TAIL.matcher(path);
        return tail.find() ? tail.group() : path;
    }
}
