package pipeline.validator;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import pipeline.events.InvalidSettingException;
import pipeline.events.Settings;

/** Checks the settings before anything else starts: a wrong one is one line on stderr and exit code 2. */
@QuarkusMain
public class ValidatorMain {
    private static final int SETUP_IS_WRONG = 2;

    public static void main(String... args) {
        try {
            check(ConfigProvider.getConfig());
        } catch (InvalidSettingException e) {
            System.err.println(e.getMessage());
            System.exit(SETUP_IS_WRONG);
        }
        Quarkus.run(args);
    }

    private static void check(Config config) {
        Settings settings = ValidatorSettings.of(config);
        settings.outputDir();
        settings.optionalKafkaBootstrapServers();
        settings.kafkaTopic();
        int port = settings.validatorPort();
        // Quarkus expands this name by itself and would take an empty value for one.
        System.setProperty(Settings.VALIDATOR_PORT, Integer.toString(port));
        // In dev mode a restart finds the port taken by itself.
        if (LaunchMode.current() == LaunchMode.NORMAL) {
            requireFreePort(
                    config.getOptionalValue("quarkus.http.host", String.class).orElse("127.0.0.1"), port);
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
