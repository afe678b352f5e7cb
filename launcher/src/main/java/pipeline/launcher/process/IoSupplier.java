package pipeline.launcher.process;

import java.io.IOException;

/** A supplier that reads files or asks other processes. */
@FunctionalInterface
public interface IoSupplier<T> {
    T get() throws IOException;
}
