package pipeline.validator.api.http;

import jakarta.ws.rs.core.UriInfo;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Refuses what JAX-RS silently accepts: an empty value, and several values, of which it would take the first one. */
class OneValueFilter {
    @ServerRequestFilter
    void requireOneValue(UriInfo uri) {
        uri.getQueryParameters().forEach((parameter, values) -> {
            if (values.size() > 1) {
                throw new BadParameterException(parameter, String.join(",", values), "once, not several times");
            }
            if (values.get(0).isEmpty()) {
                throw new BadParameterException(parameter, "", "a value; omit the parameter to use its default");
            }
        });
    }
}
