package pipeline.validator.page;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.reflect.Method;
import java.util.Comparator;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.MethodOrdererContext;

/**
 * How many runs a test needs: none, one or two. Without it, a test needs one. The validator reports as missing a run that it
 * has seen before, and takes seconds to restart. So it is restarted only before a test that needs fewer runs than it has seen.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface Runs {
    int value();

    /** The order in which a class needs the fewest restarts. */
    final class FewestFirst implements MethodOrderer {
        @Override
        public void orderMethods(MethodOrdererContext context) {
            context.getMethodDescriptors()
                    .sort(Comparator.comparingInt(descriptor -> neededBy(descriptor.getMethod())));
        }

        static int neededBy(Method test) {
            Runs runs = test.getAnnotation(Runs.class);
            return runs == null ? 1 : runs.value();
        }
    }
}
