package pipeline.endtoend.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import pipeline.endtoend.system.Repository;

/** Each version is stated in one place, and whatever repeats it, such as an image in a Compose file, agrees. */
class VersionsTest {
    @Test
    void theNewestVersionOfTheChangelogIsThatOfThePoms() throws IOException {
        assertThat(all("^## \\[?(\\d[^] ]*)", "CHANGELOG.md")).first().isEqualTo(Repository.version());
    }

    @Test
    void imagesOfThePipelineHaveTheVersionOfThePoms() throws IOException {
        assertThat(images("pipeline/[a-z-]+")).hasSizeGreaterThanOrEqualTo(6).containsOnly(Repository.version());
    }

    @Test
    void theApiHasTheVersionOfThePoms() throws IOException {
        assertThat(all(
                        "version = \"([^\"]+)\"",
                        "validator-quarkus/src/main/java/pipeline/validator/api/http/OpenApi.java"))
                .containsExactly(Repository.version());
    }

    static List<Path> modules() throws IOException {
        try (Stream<Path> folders = Files.list(Repository.ROOT)) {
            return folders.map(folder -> folder.resolve("pom.xml"))
                    .filter(Files::exists)
                    .sorted()
                    .toList();
        }
    }

    @Test
    void findsTheModules() throws IOException {
        assertThat(modules()).hasSameSizeAs(all("<module>(.*)</module>", "pom.xml"));
    }

    @ParameterizedTest
    @MethodSource("modules")
    void modulesTakeEachVersionFromTheParentPom(Path pom) throws Exception {
        Document document =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(pom.toFile());
        List<String> own = new ArrayList<>();
        for (Element element : elements(document)) {
            Node parent = element.getParentNode();
            boolean isVersion = element.getTagName().equals("version")
                    && !parent.getNodeName().equals("parent");
            boolean isProperty = element.getTagName().endsWith(".version")
                    && parent.getNodeName().equals("properties");
            if (isProperty || isVersion && !element.getTextContent().matches("\\$\\{[a-z0-9.]+}")) {
                own.add(element.getTagName() + " " + element.getTextContent());
            }
        }

        assertThat(own).isEmpty();
    }

    @Test
    void onlyTheServicesImportTheQuarkusPlatform() throws IOException {
        List<String> importing = new ArrayList<>();
        for (Path pom : modules()) {
            if (Files.readString(pom).contains("<artifactId>quarkus-bom</artifactId>")) {
                importing.add(pom.getParent().getFileName().toString());
            }
        }

        assertThat(importing).containsExactly("producer-quarkus", "validator-quarkus");
    }

    private static List<Element> elements(Document document) {
        List<Element> elements = new ArrayList<>();
        var all = document.getElementsByTagName("*");
        for (int i = 0; i < all.getLength(); i++) {
            elements.add((Element) all.item(i));
        }
        return elements;
    }

    @Test
    void containersRunTheBrokerOfTheParentPom() throws IOException {
        assertThat(images("apache/kafka")).isNotEmpty().containsOnly(property("kafka.version"));
    }

    @Test
    void thePageLoadsTheChartLibraryOfTheParentPom() throws IOException {
        assertThat(all(
                        "webjars/chart.js/([^/]+)/",
                        "validator-quarkus/src/main/resources/META-INF/resources/index.html"))
                .containsExactly(property("chartjs.version"));
    }

    @Test
    void theBuildRefusesAnOlderMavenThanTheWrapperDownloads() throws IOException {
        assertThat(all("apache-maven-([\\d.]+)-bin", ".mvn/wrapper/maven-wrapper.properties"))
                .isEqualTo(all("<version>\\[(3[\\d.]+),\\)</version>", "pom.xml"))
                .hasSize(1);
    }

    @Test
    void theBenchmarksCompareWithTheSparkOfTheParentPom() throws IOException {
        assertThat(all("^pyspark==(.*)", "benchmarks/requirements.txt")).containsExactly(property("spark.version"));
    }

    @Test
    void theImageOfAirflowHasTheVersionThatIsRequired() throws IOException {
        List<String> required = all("^apache-airflow==(.*)", "airflow/requirements.txt");

        assertThat(all("^FROM apache/airflow:([\\d.]+)-", "airflow/Dockerfile"))
                .isEqualTo(required)
                .hasSize(1);
    }

    @Test
    void readmeNamesTheVersionsThatAreUsed() throws IOException {
        Map<String, String> used = new TreeMap<>();
        used.put("Quarkus", property("quarkus.version"));
        used.put("Spark", property("spark.version"));
        used.put("Scala", property("scala.binary.version"));
        used.put("Kafka", property("kafka.version"));
        used.put("Parquet", property("parquet.version"));
        used.put("Java", property("maven.compiler.release"));
        used.put(
                "Airflow",
                all("^apache-airflow==(.*)", "airflow/requirements.txt").get(0));
        used.replaceAll((name, version) -> version.replaceAll("^(\\d+\\.\\d+)\\..*", "$1"));

        assertThat(all("^(Quarkus \\d.*Java \\d+)\\.", "README.md"))
                .containsExactly("Quarkus " + used.get("Quarkus") + ", Spark " + used.get("Spark") + " (Scala "
                        + used.get("Scala") + "), Kafka " + used.get("Kafka") + ", Parquet " + used.get("Parquet")
                        + ", Airflow " + used.get("Airflow") + ", Java " + used.get("Java"));
    }

    private static String property(String name) throws IOException {
        return all("<" + Pattern.quote(name) + ">(.*)</", "pom.xml").get(0);
    }

    /** Returns the version of each image with this name that a Compose file names. */
    private static List<String> images(String name) throws IOException {
        List<String> versions = new ArrayList<>();
        try (Stream<Path> files = Files.list(Repository.ROOT)) {
            for (Path file : files.toList()) {
                if (file.getFileName().toString().startsWith("docker-compose")) {
                    versions.addAll(
                            all("image: " + name + ":(\\S+)", file.getFileName().toString()));
                }
            }
        }
        return versions;
    }

    /** Returns what the pattern's group matches in the lines of a file. */
    private static List<String> all(String pattern, String file) throws IOException {
        return Pattern.compile(pattern, Pattern.MULTILINE)
                .matcher(Files.readString(Repository.ROOT.resolve(file)))
                .results()
                .map(match -> match.group(1))
                .toList();
    }
}
