package pipeline.launcher.setup;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import pipeline.events.settings.Settings;

/** The ports that the parts listen on, all of 127.0.0.1. */
public final class Ports {
    private static final int CONNECT_MILLIS = 1_000;

    private Ports() {}

    /**
     * @param airflow whether Airflow's port is needed
     * @throws StartException with a line for each port that can't be had
     */
    public static void requireFree(Settings settings, boolean airflow) {
        List<String> problems = new ArrayList<>();
        problem(settings.kafkaPort(), "the broker", Settings.KAFKA_PORT).ifPresent(problems::add);
        problem(settings.producerPort(), "the producer", Settings.PRODUCER_PORT).ifPresent(problems::add);
        problem(settings.validatorPort(), "the validator", Settings.VALIDATOR_PORT)
                .ifPresent(problems::add);
        if (airflow) {
            problem(settings.airflowPort(), "Airflow", Settings.AIRFLOW_PORT).ifPresent(problems::add);
        }
        if (!problems.isEmpty()) {
            throw new StartException(problems);
        }
    }

    /** Returns a port that nobody listens on now. */
    public static int free() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Returns the first port from there on that can be had. */
    public static int firstFree(int from) {
        int port = from;
        while (problem(port, "", "").isPresent()) {
            port++;
        }
        return port;
    }

    private static Optional<String> problem(int port, String user, String setting) {
        if (isAnswering(port)) {
            return Optional.of("port " + port + " is in use, and " + user + " needs it: end what uses it, or set "
                    + setting + " to another port");
        }
        try (ServerSocket socket = new ServerSocket()) {
            // A connection of an earlier run that is still being closed is no obstacle.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress("127.0.0.1", port));
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("port " + port + ", which " + user + " needs, can't be had (" + e.getMessage()
                    + "): end what uses it, or set " + setting + " to another port");
        }
    }

    /** Some systems let a second process bind the port when the first one listens on all addresses. */
    private static boolean isAnswering(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), CONNECT_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
