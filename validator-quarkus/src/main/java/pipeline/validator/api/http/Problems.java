package pipeline.validator.api.http;

import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import pipeline.validator.dataset.storage.StorageException;

/** The one place where errors become responses. */
class Problems {
    private static final Logger LOG = Logger.getLogger(Problems.class);

    @ServerExceptionMapper
    Response badParameter(BadParameterException e) {
        Problem problem = new Problem(
                "about:blank",
                Status.BAD_REQUEST.getReasonPhrase(),
                Status.BAD_REQUEST.getStatusCode(),
                e.getMessage(),
                e.parameter(),
                e.value(),
                e.allowed());
        return response(Response.status(Status.BAD_REQUEST), problem);
    }

    @ServerExceptionMapper
    Response unreachable(StorageException e) {
        return response(Status.SERVICE_UNAVAILABLE, e.getMessage());
    }

    @ServerExceptionMapper
    Response notFound(NotFoundException e, UriInfo uri) {
        return response(
                Status.NOT_FOUND, "There is nothing at " + uri.getPath() + "; /q/swagger-ui lists what there is.");
    }

    @ServerExceptionMapper
    Response notAllowed(NotAllowedException e) {
        Status status = Status.METHOD_NOT_ALLOWED;
        Problem problem = Problem.of(status.getStatusCode(), status.getReasonPhrase(), "Everything here is read only.");
        return response(Response.status(status).header(HttpHeaders.ALLOW, "GET, HEAD, OPTIONS"), problem);
    }

    @ServerExceptionMapper
    Response refused(WebApplicationException e) {
        Response.StatusType status = e.getResponse().getStatusInfo();
        Problem problem = Problem.of(status.getStatusCode(), status.getReasonPhrase(), e.getMessage());
        return response(Response.fromResponse(e.getResponse()), problem);
    }

    @ServerExceptionMapper
    Response unexpected(Throwable e, UriInfo uri) {
        LOG.errorf(e, "%s failed", uri.getRequestUri());
        return response(Status.INTERNAL_SERVER_ERROR, "This is a defect; the validator's log has the details.");
    }

    private static Response response(Status status, String detail) {
        return response(Response.status(status), Problem.of(status.getStatusCode(), status.getReasonPhrase(), detail));
    }

    private static Response response(Response.ResponseBuilder response, Problem problem) {
        return response.type(Problem.MEDIA_TYPE).entity(problem).build();
    }
}
