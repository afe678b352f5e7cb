package pipeline.events.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tells which requests to refuse because a foreign web page in a user's browser may have sent them. Such a page can reach a server
 * on the user's machine under a name of its own (DNS rebinding), or send requests whose answers it cannot read.
 *
 * @param hosts the names of the server, in lower case
 * @param setting the environment variable that adds a name
 */
public record RequestRules(Set<String> hosts, String setting) {
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

    /**
     * A refused request.
     *
     * @param title the standard phrase of the status
     * @param detail one line for people
     */
    public record Refusal(int status, String title, String detail) {
        /** Returns a problem detail of <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457</a>. */
        public String json() {
            return JsonNodeFactory.instance
                    .objectNode()
                    .put("type", "about:blank")
                    .put("title", title)
                    .put("status", status)
                    .put("detail", detail)
                    .toString();
        }
    }

    /** @param names the names of the server besides localhost */
    public static RequestRules of(Collection<String> names, String setting) {
        return new RequestRules(
                Stream.concat(Stream.of("localhost"), names.stream())
                        .map(name -> withoutDot(name.toLowerCase(Locale.ROOT)))
                        .collect(Collectors.toUnmodifiableSet()),
                setting);
    }

    /**
     * @param host the name in the {@code Host} header, without the port; null if there is no such header, which a browser would
     *     have sent
     * @param header returns the value of a header, or null
     */
    public Optional<Refusal> refusal(String host, String path, UnaryOperator<String> header) {
        if (host != null && !isAllowed(host.toLowerCase(Locale.ROOT))) {
            return Optional.of(new Refusal(
                    421,
                    "Misdirected Request",
                    "Requests to the host name " + host + " are not allowed. If it is a name of this server, set "
                            + setting + "=" + host + "."));
        }
        if ("cross-site".equals(header.apply("Sec-Fetch-Site")) && !isLink(path, header)) {
            return Optional.of(
                    new Refusal(403, "Forbidden", "Requests from web pages of other sites are not allowed."));
        }
        return Optional.empty();
    }

    /** IP addresses are always allowed: only a name can be made to point to another server than before. */
    private boolean isAllowed(String host) {
        return host.contains(":") || IPV4.matcher(host).matches() || hosts.contains(withoutDot(host));
    }

    private static String withoutDot(String name) {
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }

    /** Returns whether somebody followed a link to a page, which starts no work. */
    private static boolean isLink(String path, UnaryOperator<String> header) {
        return "navigate".equals(header.apply("Sec-Fetch-Mode"))
                && "document".equals(header.apply("Sec-Fetch-Dest"))
                && (path.equals("/") || path.equals("/index.html") || path.startsWith("/q/"));
    }
}
