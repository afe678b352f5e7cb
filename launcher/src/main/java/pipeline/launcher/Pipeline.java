package pipeline.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.Scanner;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.utils.Utils;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import pipeline.events.output.LedgerFormatException;
import pipeline.events.settings.Settings;
import pipeline.launcher.demo.CrashDemo;
import pipeline.launcher.infer.InferSchema;
import pipeline.launcher.process.Console;
import pipeline.launcher.setup.DataFolder;
import pipeline.launcher.setup.LaunchConfig;
import pipeline.launcher.setup.LaunchOptions;
import pipeline.launcher.setup.Ports;
import pipeline.launcher.setup.StartException;
import pipeline.launcher.setup.UsageException;

/** The command line: checks everything that can be checked before the start, then launches the components. */
@Command(
        name = "./pipeline",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        customSynopsis = "./pipeline [options]",
        description = {
            "Runs a Kafka broker, the producer, the Spark job, the validator and, with --airflow,",
            "Airflow on this machine, until you press Ctrl-C.",
            ""
        },
        footer = {
            "",
            "Exit codes: 0 success, 1 something failed or the counts do not agree,",
            "2 invalid option or setting, 130 Ctrl-C, 143 SIGTERM."
        })
public final class Pipeline implements Callable<Integer> {
    private static final Set<String> YES = Set.of("y", "Y", "yes", "Yes", "YES");

    @Mixin
    private LaunchOptions options;

    private final Console console;

    private Pipeline(Console console) {
        this.console = console;
    }

    public static void main(String[] args) {
        Console console = Console.standardOutput(Boolean.getBoolean("pipeline.terminal"), System.getenv());
        int exitCode = commandLine(console).execute(args);
        console.flush();
        System.exit(exitCode);
    }

    static CommandLine commandLine(Console console) {
        Pipeline pipeline = new Pipeline(console);
        CommandLine commandLine = new CommandLine(pipeline);
        // Maven has written the version into the jar.
        String version = Pipeline.class.getPackage().getImplementationVersion();
        commandLine.getCommandSpec().version("pipeline " + (version == null ? "(not packaged)" : version));
        SettingsHelp.addTo(commandLine);
        return commandLine
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((e, args) -> {
                    pipeline.complain(e.getMessage() + " (./pipeline --help lists the options)");
                    return ExitCode.USAGE;
                })
                .setExecutionExceptionHandler((e, command, parsed) -> pipeline.exitCode(e));
    }

    @Override
    public Integer call() throws IOException {
        if (options.onlyBuilds()) {
            return ExitCode.OK;
        }
        Path root = root();
        LaunchConfig config = LaunchConfig.of(options, root, System.getenv());
        if (config.inferSchema()) {
            new InferSchema(config.kafka(), config.ownBroker(), console).run(System.out);
            return ExitCode.OK;
        }
        return config.crashDemo() ? crashDemo(root, config) : launch(root, config);
    }

    private int launch(Path root, LaunchConfig config) throws IOException {
        try (DataFolder data = openData(config.data())) {
            Ports.requireFree(config.ports());
            data.clearTemporary();
            clearWhenAsked(config, data);
            DataFolder.requireWritable(
                    Settings.OUTPUT_DIR.name(), config.output().root());
            DataFolder.requireWritable("--data", data.logs());
            config.notes().forEach(console::say);
            return new Supervision(data, console).run(new Launch(root, config, data, console)::run);
        }
    }

    /** Uses its own folder and ports, so that it can run next to another launch. */
    private int crashDemo(Path root, LaunchConfig config) throws IOException {
        try (DataFolder data = openData(config.data().resolve("crash-demo"))) {
            data.clearAll();
            data.clearTemporary();
            DataFolder.requireWritable("--data", data.logs());
            Settings settings = CrashDemo.settings(config.settings(), data.root());
            return new Supervision(data, console).run(new CrashDemo(root, settings, data, console)::run);
        }
    }

    /** Waits until the components of an earlier launch that was killed have ended. */
    private DataFolder openData(Path folder) throws IOException {
        DataFolder data = DataFolder.open(folder);
        data.guardAtWork().ifPresent(guard -> {
            console.say("the last ./pipeline on " + folder + " was killed; waiting until its components have ended");
            DataFolder.await(guard);
        });
        return data;
    }

    private void clearWhenAsked(LaunchConfig config, DataFolder data) throws IOException {
        if (config.fresh()) {
            if (!config.assumeYes()) {
                String folders = config.ownBroker() ? "kafka/ and output/" : "output/";
                console.flush();
                confirm("Delete " + folders + " of " + data.root() + "?", System.in, System.out);
            }
            data.clearOutput();
            if (config.ownBroker()) {
                data.clearKafka();
            }
        }
    }

    /** @throws StartException unless the answer is yes */
    static void confirm(String question, InputStream in, PrintStream out) {
        out.print(question + " [y/N] ");
        out.flush();
        Scanner answer = new Scanner(in);
        if (!answer.hasNextLine()) {
            out.println();
            throw new StartException("nobody answered, so nothing was deleted; add --yes to delete without a question");
        }
        if (!YES.contains(answer.nextLine().strip())) {
            throw new StartException("nothing was deleted and nothing started");
        }
    }

    /** The code is in {@code launcher/target/}, as a jar or as a folder of classes. */
    private static Path root() {
        String code = Pipeline.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toString();
        return Path.of(URI.create(code)).getParent().getParent().getParent();
    }

    private int exitCode(Exception e) {
        if (e instanceof UsageException || e instanceof StartException) {
            complain(e.getMessage());
        } else if (e instanceof LedgerFormatException) {
            complain("the ledger cannot be read: " + e.getMessage());
        } else if (e instanceof IOException || e instanceof KafkaException) {
            complain(e.toString());
        } else {
            console.error(Utils.stackTrace(e).stripTrailing());
        }
        return e instanceof UsageException ? ExitCode.USAGE : ExitCode.SOFTWARE;
    }

    private void complain(String lines) {
        lines.lines().forEach(line -> console.error("pipeline: " + line));
    }
}
