package pipeline.launcher;

/** Stands for the job: says that it has started, and then something every moment. */
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
