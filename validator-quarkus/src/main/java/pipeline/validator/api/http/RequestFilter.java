package pipeline.validator.api.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import pipeline.events.http.RequestRules;
import pipeline.events.http.RequestRules.Refusal;
import pipeline.events.settings.Settings;

/** Refuses requests of foreign web pages, at every path. */
@ApplicationScoped
class RequestFilter {
    private static final int BEFORE_ALL_OTHERS = 1_000;

    private final RequestRules rules;

    RequestFilter(Settings settings) {
        rules = RequestRules.of(settings.get(Settings.VALIDATOR_HOSTS), Settings.VALIDATOR_HOSTS.name());
    }

    void register(@Observes Filters filters) {
        filters.register(this::pass, BEFORE_ALL_OTHERS);
    }

    private void pass(RoutingContext context) {
        HostAndPort server = context.request().authority();
        Optional<Refusal> refusal = rules.refusal(
                server == null ? null : server.host(), context.normalizedPath(), context.request()::getHeader);
        if (refusal.isEmpty()) {
            context.next();
            return;
        }
        context.response()
                .setStatusCode(refusal.get().status())
                .putHeader("Content-Type", "application/problem+json")
                .end(refusal.get().json());
    }
}
