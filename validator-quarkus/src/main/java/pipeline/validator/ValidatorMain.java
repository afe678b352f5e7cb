package pipeline.validator;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.Map;
import pipeline.events.settings.InvalidSettingException;
import pipeline.events.settings.Settings;

/** Checks the settings before anything else starts: a wrong one is one line on stderr and exit code 2. */
@QuarkusMain
public class ValidatorMain {
    private static final int SETUP_IS_WRONG = 2;

    public static void main(String... args) {
        try {
            check(new Settings(given()));
        } catch (InvalidSettingException e) {
            System.err.println(e.getMessage());
            System.exit(SETUP_IS_WRONG);
        }
        Quarkus.run(args);
    }

    /** Not from Quarkus' configuration, which before the start has the environment of a native image's build. */
    private static Map<String, String> given() {
        Map<String, String> given = new HashMap<>(System.getenv());
        ValidatorSettings.NAMES.stream()
                .filter(name -> System.getProperty(name) != null)
                .forEach(name -> given.put(name, System.getProperty(name)));
        return given;
    }

    private static void check(Settings settings) {
        settings.outputDir();
        settings.optionalKafkaBootstrapServers();
        settings.kafkaTopic();
        int port = settings.validatorPort();
        // Quarkus expands this name by itself and would take an empty value for one.
        System.setProperty(Settings.VALIDATOR_PORT, Integer.toString(port));
        // In dev mode a restart finds the port taken by itself.
        if (LaunchMode.current() == LaunchMode.NORMAL) {
            requireFreePort(
                    settings.environment().getOrDefault("QUARKUS_HTTP_HOST", "127.0.0.1"),
                    Integer.getInteger("quarkus.http.port", port));
        }
    }

    static void requireFreePort(String host, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(host, port));
        } catch (IOException e) {
            throw new InvalidSettingException(
                    Settings.VALIDATOR_PORT,
                    Integer.toString(port),
                    "a free port of " + host + " (" + e.getMessage() + "); stop what uses it, or set another one");
        }
    }
}
