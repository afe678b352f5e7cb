package pipeline.launcher;

/** Stands in for the job: prints that it has started, and then a line every 100 ms. */
public final class StubJob {
    private StubJob() {}

    public static void main(String[] args) throws InterruptedException {
        System.out.println("Streaming started");
        while (true) {
            System.out.println("still streaming");
            Thread.sleep(100);
        }
    }
}
