package pipeline.validator.api.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * A problem detail of <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457</a>.
 *
 * @param parameter the query parameter at fault, if one is
 * @param value what it was
 * @param allowed what it may be
 */
@RegisterForReflection // no method of a resource returns it, from which Quarkus takes the types to register
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(
        String type, String title, int status, String detail, String parameter, String value, String allowed) {

    static final String MEDIA_TYPE = "application/problem+json";

    static Problem of(int status, String title, String detail) {
        return new Problem("about:blank", title, status, detail, null, null, null);
    }
}
