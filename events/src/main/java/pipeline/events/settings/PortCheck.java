package pipeline.events.settings;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;

/** Checks whether a server can open its port, before anything starts: a server itself finds out late, and says little. */
public final class PortCheck {
    /** Quarkus' own names, as variables and as properties. They take precedence over those of the pipeline. */
    private static final String QUARKUS_PORT_VARIABLE = "QUARKUS_HTTP_PORT";

    private static final String QUARKUS_HOST_VARIABLE = "QUARKUS_HTTP_HOST";
    private static final String QUARKUS_PORT = "quarkus.http.port";
    private static final String QUARKUS_HOST = "quarkus.http.host";

    private static final String THIS_MACHINE = "127.0.0.1";
    private static final int CONNECT_MILLIS = 1_000;

    private PortCheck() {}

    /**
     * Checks the port of a Quarkus service, which opens it only after the service has begun to work.
     *
     * @param setting the port's own setting
     * @throws InvalidSettingException if the port is not free
     */
    public static void requireFree(Settings settings, Setting<Integer> setting) {
        Setting<Integer> quarkusOwn = setting.named(QUARKUS_PORT_VARIABLE);
        Setting<Integer> given = settings.isSet(quarkusOwn) ? quarkusOwn : setting;
        int port = Integer.getInteger(QUARKUS_PORT, settings.get(given));
        String host = System.getProperty(
                QUARKUS_HOST, settings.environment().getOrDefault(QUARKUS_HOST_VARIABLE, THIS_MACHINE));
        InetSocketAddress address = new InetSocketAddress(host, port);
        // If the host cannot be resolved, Quarkus explains that itself.
        if (!address.isUnresolved()) {
            problem(address, given).ifPresent(problem -> {
                throw new InvalidSettingException(
                        given.name(), Integer.toString(port), "a free port is needed; " + problem);
            });
        }
    }

    /** Returns what is wrong with a port of 127.0.0.1 and what to do: one line that names what needs the port, and its setting. */
    public static Optional<String> problem(int port, Setting<Integer> setting) {
        return problem(loopback(port), setting);
    }

    private static Optional<String> problem(InetSocketAddress address, Setting<Integer> setting) {
        int port = address.getPort();
        String user = setting.readBy().iterator().next().toString();
        String advice = ": end what uses it, or set " + setting + " to another port";
        if (isAnswering(address)) {
            return Optional.of("port " + port + " is in use, and " + user + " needs it" + advice);
        }
        return refusal(address)
                .map(reason ->
                        "port " + port + ", which " + user + " needs, is not available (" + reason + ")" + advice);
    }

    /** Returns whether a server can open the port on 127.0.0.1. */
    public static boolean isFree(int port) {
        return !isAnswering(loopback(port)) && refusal(loopback(port)).isEmpty();
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    /** Some systems let a second process bind the port when the first one listens on all addresses. */
    private static boolean isAnswering(InetSocketAddress address) {
        try (Socket socket = new Socket()) {
            socket.connect(
                    address.getAddress().isAnyLocalAddress() ? loopback(address.getPort()) : address, CONNECT_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Returns why the system does not give the port to a server; empty if it does. */
    private static Optional<String> refusal(InetSocketAddress address) {
        try (ServerSocket socket = new ServerSocket()) {
            // A connection of an earlier server that is still being closed does not matter.
            socket.setReuseAddress(true);
            socket.bind(address);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
