package pipeline.validator.api.http;

import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.core.UriInfo;
import java.util.concurrent.CancellationException;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import pipeline.validator.dataset.storage.BusyException;
import pipeline.validator.dataset.storage.StorageException;

/** The one place where exceptions become responses. */
class Problems {
    private static final Logger LOG = Logger.getLogger(Problems.class);
    private static final int RETRY_AFTER_SECONDS = 5;

    @ServerExceptionMapper
    Response badParameter(BadParameterException e) {
        return response(Response.status(Status.BAD_REQUEST), e.problem());
    }

    @ServerExceptionMapper
    Response unreachable(StorageException e) {
        return response(Status.SERVICE_UNAVAILABLE, e.getMessage());
    }

    @ServerExceptionMapper
    Response busy(BusyException e) {
        Problem problem = new Problem(Status.SERVICE_UNAVAILABLE, e.getMessage());
        return response(
                Response.status(Status.SERVICE_UNAVAILABLE).header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS),
                problem);
    }

    @ServerExceptionMapper
    Response stopped(CancellationException e) {
        return response(Status.SERVICE_UNAVAILABLE, "The validator is stopping.");
    }

    @ServerExceptionMapper
    Response notFound(NotFoundException e, UriInfo uri) {
        return response(
                Status.NOT_FOUND, "There is nothing at " + uri.getPath() + "; /q/swagger-ui lists all endpoints.");
    }

    @ServerExceptionMapper
    Response notAllowed(NotAllowedException e) {
        Problem problem = new Problem(Status.METHOD_NOT_ALLOWED, "All endpoints are read-only.");
        return response(
                Response.status(Status.METHOD_NOT_ALLOWED).header(HttpHeaders.ALLOW, "GET, HEAD, OPTIONS"), problem);
    }

    @ServerExceptionMapper
    Response refused(WebApplicationException e) {
        Problem problem = new Problem(e.getResponse().getStatusInfo(), e.getMessage());
        return response(Response.fromResponse(e.getResponse()), problem);
    }

    @ServerExceptionMapper
    Response unexpected(Throwable e, UriInfo uri) {
        LOG.errorf(e, "%s failed", uri.getRequestUri());
        return response(Status.INTERNAL_SERVER_ERROR, "This is a bug in the validator; its log has the details.");
    }

    private static Response response(Status status, String detail) {
        return response(Response.status(status), new Problem(status, detail));
    }

    private static Response response(Response.ResponseBuilder response, Problem problem) {
        return response.type(Problem.MEDIA_TYPE).entity(problem).build();
    }
}
