package pipeline.validator.api.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.ws.rs.core.Response.StatusType;

/**
 * A problem detail of <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457</a>.
 *
 * @param parameter the query parameter that is wrong, if one is
 * @param allowed the values that it may have
 */
@RegisterForReflection // Quarkus registers only the types that a method of a resource returns
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(
        String type, String title, int status, String detail, String parameter, String value, String allowed) {

    static final String MEDIA_TYPE = "application/problem+json";

    Problem(StatusType status, String detail, String parameter, String value, String allowed) {
        this("about:blank", status.getReasonPhrase(), status.getStatusCode(), detail, parameter, value, allowed);
    }

    Problem(StatusType status, String detail) {
        this(status, detail, null, null, null);
    }
}
