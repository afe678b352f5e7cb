package pipeline.launcher.setup;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import pipeline.events.settings.PortCheck;
import pipeline.events.settings.Setting;

/** The ports of the components on 127.0.0.1. */
public final class Ports {
    /** Linux gives 32768 and above to outgoing connections (net.ipv4.ip_local_port_range), macOS 49152 and above. */
    private static final int LOWEST_FREE = 20_000;

    private static final int FREE_COUNT = 12_000;
    /** Random, so that two programs that ask at the same time start at different places. */
    private static final AtomicInteger NEXT =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(FREE_COUNT));

    private Ports() {}

    /**
     * Checks the ports that a launch needs.
     *
     * @param needed by their settings
     * @throws StartException with one line for each port that is not available
     */
    public static void requireFree(Map<Setting<Integer>, Integer> needed) {
        List<String> problems = new ArrayList<>();
        needed.forEach((setting, port) -> PortCheck.problem(port, setting).ifPresent(problems::add));
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
        } while (!PortCheck.isFree(port));
        return port;
    }

    /** Returns the first free port that is not below the given one. */
    public static int firstFree(int from) {
        int port = from;
        while (!PortCheck.isFree(port)) {
            port++;
        }
        return port;
    }
}
