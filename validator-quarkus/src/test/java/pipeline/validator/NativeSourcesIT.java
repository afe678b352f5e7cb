package pipeline.validator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.ws.rs.GET;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.apache.kafka.common.security.oauthbearer.ClientJwtValidator;
import org.apache.kafka.common.security.oauthbearer.DefaultJwtRetriever;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginCallbackHandler;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule;
import org.junit.jupiter.api.Test;

/**
 * The input that Quarkus prepares for a native build; no GraalVM is needed for that. A type that is missing here would be an
 * empty object in the answers of the binary. A name that is not on the class path any more would fail in it.
 */
class NativeSourcesIT {
    private static final Path SOURCES = Path.of("target/native/native-sources");
    private static final Path RUNNER = SOURCES.resolve("validator-quarkus-runner.jar");
    private static final String OURS = "META-INF/native-image/pipeline/validator-quarkus/reachability-metadata.json";

    @Test
    void registersEveryTypeOfTheJsonAnswers() throws Exception {
        Map<String, JsonNode> registered = registered();
        Set<Class<?>> answers = answers();

        assertThat(answers)
                .extracting(Class::getSimpleName)
                .contains("AggregatesAnswer", "EventRow", "LedgerFile", "Problem");
        for (Class<?> type : answers) {
            assertThat(registered).as("types registered for reflection").containsKey(type.getName());
            JsonNode entry = registered.get(type.getName());
            assertThat(entry.path("allDeclaredMethods").asBoolean())
                    .as("%s", entry)
                    .isTrue();
            assertThat(entry.path("allDeclaredConstructors").asBoolean())
                    .as("%s", entry)
                    .isTrue();
        }
    }

    /** Kafka's client finds these by name. */
    @Test
    void registersWhatALoginWithATokenNeeds() throws Exception {
        assertThat(registered())
                .containsKeys(
                        OAuthBearerLoginModule.class.getName(),
                        OAuthBearerLoginCallbackHandler.class.getName(),
                        DefaultJwtRetriever.class.getName(),
                        ClientJwtValidator.class.getName());
    }

    @Test
    void namesOnlyExistingClasses() throws Exception {
        List<String> names = registered().keySet().stream()
                .filter(name -> name.startsWith("pipeline."))
                .toList();

        assertThat(names).isNotEmpty().allSatisfy(name -> assertThat(loadFromRunner(name))
                .isNotNull());
    }

    @Test
    void namesOnlyExistingMembersOfParquet() throws Exception {
        JsonNode types = resource(OURS).get("reflection");

        assertThat(types).isNotEmpty();
        for (JsonNode type : types) {
            Class<?> found = load(type.get("type").asText());
            for (JsonNode field : type.get("fields")) {
                assertThat(found.getField(field.get("name").asText())).isNotNull();
            }
        }
    }

    @Test
    void isReadyToBeBuilt() throws Exception {
        String arguments = Files.readString(SOURCES.resolve("native-image.args"));

        assertThat(arguments).contains("-R:MaxNewSize=", "-jar validator-quarkus-runner.jar");
    }

    /** The types that resources return, with the types of all record components, and the type of errors. */
    private static Set<Class<?>> answers() throws Exception {
        Set<Class<?>> types = new HashSet<>();
        try (Stream<Path> classes = Files.list(Path.of("target/classes/pipeline/validator/api"))) {
            for (Path file : classes.filter(path -> path.toString().endsWith("Resource.class"))
                    .toList()) {
                String name = file.getFileName().toString().replace(".class", "");
                for (Method method : load("pipeline.validator.api." + name).getDeclaredMethods()) {
                    if (method.isAnnotationPresent(GET.class)) {
                        add(method.getGenericReturnType(), types);
                    }
                }
            }
        }
        add(load("pipeline.validator.api.http.Problem"), types);
        return types;
    }

    private static void add(Type type, Set<Class<?>> types) {
        if (type instanceof ParameterizedType generic) {
            Stream.of(generic.getActualTypeArguments()).forEach(argument -> add(argument, types));
        } else if (type instanceof Class<?> known && known.isSealed()) {
            Stream.of(known.getPermittedSubclasses()).forEach(permitted -> add(permitted, types));
        } else if (type instanceof Class<?> known && known.isRecord() && types.add(known)) {
            for (RecordComponent component : known.getRecordComponents()) {
                add(component.getGenericType(), types);
            }
        }
    }

    /** Returns the entries of Quarkus' metadata by type name. */
    private static Map<String, JsonNode> registered() throws IOException {
        Map<String, JsonNode> entries = new TreeMap<>();
        resource("META-INF/native-image/reflect-config.json")
                .forEach(entry -> entries.put(entry.get("name").asText(), entry));
        return entries;
    }

    private static JsonNode resource(String name) throws IOException {
        try (JarFile jar = new JarFile(RUNNER.toFile());
                InputStream in = jar.getInputStream(jar.getEntry(name))) {
            return new ObjectMapper().readTree(in);
        }
    }

    private static Class<?> load(String name) throws ClassNotFoundException {
        return Class.forName(name, false, NativeSourcesIT.class.getClassLoader());
    }

    /** From the jar of the native build, which also has the classes that Quarkus generates. */
    private static Class<?> loadFromRunner(String name) throws Exception {
        try (URLClassLoader runner =
                new URLClassLoader(new URL[] {RUNNER.toUri().toURL()}, NativeSourcesIT.class.getClassLoader())) {
            return Class.forName(name, false, runner);
        }
    }
}
