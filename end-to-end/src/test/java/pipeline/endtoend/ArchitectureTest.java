package pipeline.endtoend;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.onlyDependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pipeline.endtoend.system.Repository;

/** The rules that ARCHITECTURE.md states, held over the compiled classes of all modules. */
class ArchitectureTest {
    private static final List<String> MODULES =
            List.of("events", "producer-quarkus", "streaming-spark", "validator-quarkus", "launcher");
    private static final int LARGEST_PACKAGE = 12;
    private static final Pattern MODULE_HEADING = Pattern.compile("^\\| `[a-z-]+`: `(pipeline\\.[a-z]+)` \\|");
    private static final Pattern CODE = Pattern.compile("`([a-z.]+)`");

    private static final JavaClasses CLASSES = new ClassFileImporter().importPaths(mainClasses());
    private static final JavaClasses CLASSES_AND_TESTS = new ClassFileImporter()
            .importPaths(Stream.concat(mainClasses().stream(), testClasses().stream())
                    .toList());

    private static List<Path> mainClasses() {
        return MODULES.stream().map(module -> compiled(module, "classes")).toList();
    }

    private static List<Path> testClasses() {
        return Stream.concat(MODULES.stream(), Stream.of("end-to-end"))
                .map(module -> compiled(module, "test-classes"))
                .toList();
    }

    private static Path compiled(String module, String kind) {
        Path folder = Repository.ROOT.resolve(module).resolve("target").resolve(kind);
        assertThat(folder).as("build %s first: ./mvnw -Dquick package", module).isNotEmptyDirectory();
        return folder;
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("pipeline.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"events", "producer", "streaming", "validator", "launcher"})
    void modulesUseNoOtherModuleButEvents(String module) {
        usesOnly(module, "pipeline.events..", "pipeline." + module + "..");
    }

    @Test
    void endToEndAlsoUsesTheLauncher() {
        usesOnly("endtoend", "pipeline.events..", "pipeline.launcher..", "pipeline.endtoend..");
    }

    private static void usesOnly(String module, String... packages) {
        classes()
                .that()
                .resideInAPackage("pipeline." + module + "..")
                .should(onlyDependOnClassesThat(
                        resideOutsideOfPackage("pipeline..").or(resideInAnyPackage(packages))))
                .check(CLASSES_AND_TESTS);
    }

    @Test
    void everyPackageSaysWhatItIsFor() {
        Set<String> described = packages(CLASSES_AND_TESTS, ArchitectureTest::isPackageInfo);

        assertThat(packages(CLASSES_AND_TESTS, type -> !isPackageInfo(type))).isEqualTo(described);
    }

    @Test
    void architectureListsEveryPackage() throws IOException {
        SortedSet<String> packages = packages(CLASSES, type -> true);
        packages.addAll(
                packages(new ClassFileImporter().importPath(compiled("end-to-end", "test-classes")), type -> true));
        packages.remove("pipeline.endtoend");

        assertThat(listedPackages()).isEqualTo(packages);
    }

    /** The packages that the first columns of ARCHITECTURE.md's tables name. */
    private static SortedSet<String> listedPackages() throws IOException {
        SortedSet<String> listed = new TreeSet<>();
        String module = null;
        for (String line : Files.readAllLines(Repository.ROOT.resolve("ARCHITECTURE.md"))) {
            Matcher heading = MODULE_HEADING.matcher(line);
            if (heading.find()) {
                module = heading.group(1);
            } else if (!line.startsWith("|")) {
                module = null;
            } else if (module != null && !line.startsWith("|---")) {
                String names = line.split("\\|")[1];
                if (names.contains("(root)")) {
                    listed.add(module);
                }
                for (MatchResult name : CODE.matcher(names).results().toList()) {
                    listed.add(module + "." + name.group(1));
                }
            }
        }
        return listed;
    }

    private static SortedSet<String> packages(JavaClasses classes, Predicate<JavaClass> of) {
        return classes.stream().filter(of).map(JavaClass::getPackageName).collect(toCollection(TreeSet::new));
    }

    private static boolean isPackageInfo(JavaClass type) {
        return type.getSimpleName().equals("package-info");
    }

    @Test
    void eventsNeedOnlyJacksonAndRe2j() {
        classes()
                .that()
                .resideInAPackage("pipeline.events..")
                .should(onlyDependOnClassesThat(resideInAnyPackage(
                        "java..",
                        "javax.net..",
                        "javax.security..",
                        "com.fasterxml.jackson..",
                        "com.google.re2j..",
                        "pipeline.events..")))
                .check(CLASSES);
    }

    @Test
    void onlySchemasUseRe2j() {
        noClasses()
                .that()
                .resideOutsideOfPackage("pipeline.events.schema..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.google.re2j..")
                .check(CLASSES);
    }

    @Test
    void onlyTheParquetPackageOfTheValidatorUsesParquetAndHadoop() {
        noClasses()
                .that(resideInAPackage("pipeline.validator..")
                        .and(resideOutsideOfPackage("pipeline.validator.dataset.parquet..")))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.parquet..", "org.apache.hadoop..")
                .check(CLASSES);
    }

    @Test
    void onlyTheIcebergPackageOfTheJobUsesIceberg() {
        noClasses()
                .that()
                .resideOutsideOfPackage("pipeline.streaming.iceberg..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.iceberg..")
                .check(CLASSES);
    }

    @Test
    void onlyTheChannelUsesReactiveMessaging() {
        noClasses()
                .that()
                .resideOutsideOfPackage("pipeline.producer.channel..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.eclipse.microprofile.reactive.messaging..", "io.smallrye.reactive.messaging..")
                .check(CLASSES);
    }

    @Test
    void nothingDependsOnDemoOrTrainingCode() {
        noClasses()
                .that()
                .resideOutsideOfPackages("..demo..", "..training..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("pipeline.streaming.demo..", "pipeline.*.training..")
                .check(CLASSES);
    }

    @Test
    void namesSayWhatAClassIs() {
        classes()
                .should()
                .haveNameNotMatching(".*(Util|Utils|Helper|Manager|Impl)")
                .check(CLASSES_AND_TESTS);
    }

    @Test
    void packagesAreSmall() {
        Map<String, Long> large = CLASSES.stream()
                .filter(JavaClass::isTopLevelClass)
                .filter(type -> !isPackageInfo(type))
                .collect(groupingBy(JavaClass::getPackageName, counting()));
        large.values().removeIf(size -> size <= LARGEST_PACKAGE);
        assertThat(large).isEmpty();
    }
}
