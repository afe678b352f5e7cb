package pipeline.validator.api.http;

import jakarta.ws.rs.core.Response.Status;

public final class BadParameterException extends RuntimeException {
    private final Problem problem;

    public BadParameterException(String parameter, String value, String allowed) {
        super(parameter + "=" + value + " is not allowed: " + allowed);
        problem = new Problem(Status.BAD_REQUEST, getMessage(), parameter, value, allowed);
    }

    Problem problem() {
        return problem;
    }
}
