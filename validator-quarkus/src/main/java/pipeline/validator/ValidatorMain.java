package pipeline.validator;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.Map;
import pipeline.events.kafka.KafkaEndpoint;
import pipeline.events.settings.InvalidSettingException;
import pipeline.events.settings.Settings;

/** Checks the settings before anything else starts. A wrong one is one line on stderr and exit code 2. */
@QuarkusMain
public class ValidatorMain {
    private static final int EXIT_BAD_SETUP = 2;

    public static void main(String... args) {
        try {
            check(new Settings(environment()));
        } catch (InvalidSettingException e) {
            System.err.println(e.getMessage());
            System.exit(EXIT_BAD_SETUP);
        }
        Quarkus.run(args);
    }

    /** Quarkus' configuration cannot be used yet: in a native image it still has the environment of the build. */
    private static Map<String, String> environment() {
        Map<String, String> values = new HashMap<>(System.getenv());
        for (String name : ValidatorSettings.NAMES) {
            values.compute(name, (same, value) -> System.getProperty(name, value));
        }
        return values;
    }

    private static void check(Settings settings) {
        settings.outputDir();
        KafkaEndpoint.optional(settings);
        settings.hosts(Settings.VALIDATOR_HOSTS);
        // Quarkus expands this name itself, and would not replace an empty value by the default.
        System.setProperty(Settings.VALIDATOR_PORT, Integer.toString(settings.validatorPort()));
        // When dev mode restarts the application, the port is still open.
        if (LaunchMode.current() == LaunchMode.NORMAL) {
            requireFreePort(settings);
        }
    }

    static void requireFreePort(Settings settings) {
        String variable = settings.portVariable(Settings.VALIDATOR_PORT);
        int port = Integer.getInteger("quarkus.http.port", settings.port(variable));
        String host = settings.environment().getOrDefault("QUARKUS_HTTP_HOST", "127.0.0.1");
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(host, port));
        } catch (IOException e) {
            throw new InvalidSettingException(
                    variable,
                    Integer.toString(port),
                    "a free port on " + host + " (" + e.getMessage()
                            + "); stop the program that uses it, or set another port");
        }
    }
}
