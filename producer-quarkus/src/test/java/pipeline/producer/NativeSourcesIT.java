package pipeline.producer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.StreamSupport;
import org.apache.kafka.common.security.oauthbearer.ClientJwtValidator;
import org.apache.kafka.common.security.oauthbearer.DefaultJwtRetriever;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginCallbackHandler;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

/**
 * The input of a native build, which Quarkus generates even without GraalVM. Class names in application.properties must be
 * registered there, and the project's registered classes must exist.
 */
class NativeSourcesIT {
    private static final Path SOURCES = Path.of("target/native/native-sources");
    private static final Path RUNNER = SOURCES.resolve("producer-quarkus-runner.jar");

    @Test
    void registersTheSerializersOfTheChannel() throws Exception {
        assertThat(registered()).contains(StringSerializer.class.getName(), ByteArraySerializer.class.getName());
    }

    /** Kafka's client finds these by name. */
    @Test
    void registersWhatALoginWithATokenNeeds() throws Exception {
        assertThat(registered())
                .contains(
                        OAuthBearerLoginModule.class.getName(),
                        OAuthBearerLoginCallbackHandler.class.getName(),
                        DefaultJwtRetriever.class.getName(),
                        ClientJwtValidator.class.getName());
    }

    @Test
    void registersOnlyClassesThatExist() throws Exception {
        assertThat(registered())
                .filteredOn(name -> name.startsWith("pipeline."))
                .allSatisfy(name -> assertThat(loadFromRunner(name)).isNotNull());
    }

    @Test
    void isReadyToBeBuilt() throws Exception {
        String arguments = Files.readString(SOURCES.resolve("native-image.args"));

        assertThat(arguments).contains("-R:MaxNewSize=", "-jar producer-quarkus-runner.jar");
    }

    private static List<String> registered() throws IOException {
        JsonNode entries = new ObjectMapper().readTree(text("META-INF/native-image/reflect-config.json"));
        return StreamSupport.stream(entries.spliterator(), false)
                .map(entry -> entry.get("name").asText())
                .toList();
    }

    private static String text(String resource) throws IOException {
        try (JarFile jar = new JarFile(RUNNER.toFile());
                InputStream in = jar.getInputStream(jar.getEntry(resource))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Loads from the jar of the native build, which also contains the classes that Quarkus generated. */
    private static Class<?> loadFromRunner(String name) throws Exception {
        try (URLClassLoader runner =
                new URLClassLoader(new URL[] {RUNNER.toUri().toURL()}, NativeSourcesIT.class.getClassLoader())) {
            return Class.forName(name, false, runner);
        }
    }
}
