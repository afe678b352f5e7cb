package pipeline.launcher.setup;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import pipeline.events.settings.Settings;

/** The ports of the components on 127.0.0.1. */
public final class Ports {
    private static final int CONNECT_MILLIS = 1_000;
    /** Linux gives 32768 and above to outgoing connections (net.ipv4.ip_local_port_range), macOS 49152 and above. */
    private static final int LOWEST_FREE = 20_000;

    private static final int FREE_COUNT = 12_000;
    /** Two programs that ask at the same time begin at different places. */
    private static final AtomicInteger NEXT =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(FREE_COUNT));

    private static final Map<String, String> USERS = Map.of(
            Settings.KAFKA_PORT, "the broker",
            Settings.PRODUCER_PORT, "the producer",
            Settings.VALIDATOR_PORT, "the validator",
            Settings.AIRFLOW_PORT, "Airflow");

    private Ports() {}

    /**
     * Checks the ports that a launch needs.
     *
     * @param needed by the names of their settings
     * @throws StartException with one line for each port that is not available
     */
    public static void requireFree(Map<String, Integer> needed) {
        List<String> problems = new ArrayList<>();
        needed.forEach((setting, port) -> problem(port, setting).ifPresent(problems::add));
        if (!problems.isEmpty()) {
            throw new StartException(String.join("\n", problems));
        }
    }

    /**
     * Returns a port that is free now, and another one at each call. It lies below the ports that Linux and macOS give to
     * outgoing connections, since one of those could take it before its user binds to it.
     */
    public static int free() {
        int port;
        do {
            port = LOWEST_FREE + Math.floorMod(NEXT.getAndIncrement(), FREE_COUNT);
        } while (problem(port, "").isPresent());
        return port;
    }

    /** Returns the first free port that is not below the given one. */
    public static int firstFree(int from) {
        int port = from;
        while (problem(port, "").isPresent()) {
            port++;
        }
        return port;
    }

    private static Optional<String> problem(int port, String setting) {
        String user = USERS.get(setting);
        String advice = ": end what uses it, or set " + setting + " to another port";
        if (isAnswering(port)) {
            return Optional.of("port " + port + " is in use, and " + user + " needs it" + advice);
        }
        try (ServerSocket socket = new ServerSocket()) {
            // A connection of an earlier launch that is still being closed does not matter.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(
                    "port " + port + ", which " + user + " needs, is not available (" + e.getMessage() + ")" + advice);
        }
    }

    /** Some systems let a second process bind the port when the first one listens on all addresses. */
    private static boolean isAnswering(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
