package pipeline.validator.api.http;

import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Map;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Refuses what JAX-RS passes over in silence: an empty value counts as none, and of several the first one counts. */
class OneValueFilter {
    @ServerRequestFilter
    void requireOneValue(UriInfo uri) {
        for (Map.Entry<String, List<String>> parameter :
                uri.getQueryParameters().entrySet()) {
            List<String> values = parameter.getValue();
            if (values.size() > 1) {
                throw new BadParameterException(
                        parameter.getKey(), String.join(",", values), "once, not several times");
            }
            if (values.get(0).isEmpty()) {
                throw new BadParameterException(
                        parameter.getKey(), "", "a value; leave the parameter out for its default");
            }
        }
    }
}
