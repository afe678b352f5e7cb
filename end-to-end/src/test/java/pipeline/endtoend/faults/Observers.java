package pipeline.endtoend.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Readers, each of which polls in its own thread until they are closed. */
public final class Observers implements AutoCloseable {
    private final List<Observer> observers;
    private final List<Thread> threads = new ArrayList<>();
    private final Set<String> failures = new TreeSet<>();
    private volatile boolean closed;

    public Observers(Observer... observers) {
        this.observers = List.of(observers);
        for (Observer observer : observers) {
            Thread thread = new Thread(() -> pollUntilClosed(observer), "observer");
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
    }

    private void pollUntilClosed(Observer observer) {
        while (!closed) {
            try {
                observer.poll();
                Thread.sleep(20);
            } catch (Throwable e) {
                synchronized (failures) {
                    failures.add(observer.getClass().getSimpleName() + " failed: " + e);
                }
                return;
            }
        }
    }

    public List<String> summaries() {
        return observers.stream().map(Observer::summary).toList();
    }

    public Set<String> complaints() {
        Set<String> all = new TreeSet<>();
        observers.forEach(observer -> all.addAll(observer.complaints()));
        synchronized (failures) {
            all.addAll(failures);
        }
        return all;
    }

    @Override
    public void close() {
        closed = true;
        for (Thread thread : threads) {
            try {
                thread.join(30_000);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
