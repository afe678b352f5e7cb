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
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules that ARCHITECTURE.md states, held over the compiled main classes of all modules. */
class ArchitectureTest {
    private static final List<String> MODULES =
            List.of("events", "producer-quarkus", "streaming-spark", "validator-quarkus", "launcher");
    private static final int LARGEST_PACKAGE = 12;

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .importPaths(MODULES.stream().map(ArchitectureTest::mainClasses).toList());

    private static Path mainClasses(String module) {
        Path folder =
                Path.of("..", module, "target", "classes").toAbsolutePath().normalize();
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
        classes()
                .that()
                .resideInAPackage("pipeline." + module + "..")
                .should(onlyDependOnClassesThat(resideOutsideOfPackage("pipeline..")
                        .or(resideInAnyPackage("pipeline.events..", "pipeline." + module + ".."))))
                .check(CLASSES);
    }

    @Test
    void eventsNeedOnlyJackson() {
        classes()
                .that()
                .resideInAPackage("pipeline.events..")
                .should(onlyDependOnClassesThat(resideInAnyPackage(
                        "java..", "javax.security..", "com.fasterxml.jackson..", "pipeline.events..")))
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
    void packagesAreSmall() {
        Map<String, Long> large = CLASSES.stream()
                .filter(JavaClass::isTopLevelClass)
                .filter(type -> !type.getSimpleName().equals("package-info"))
                .collect(groupingBy(JavaClass::getPackageName, counting()));
        large.values().removeIf(size -> size <= LARGEST_PACKAGE);
        assertThat(large).isEmpty();
    }
}
