package pipeline.launcher.components;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import pipeline.events.settings.Settings;

/**
 * Variables in the user's shell that are meant for other programs, but that Airflow, pip, Python, Spark or the producer's channel
 * would read as well. With those of the user's own Airflow, for example, ours would migrate the user's database.
 */
final class ForeignVariables {
    private static final Pattern FOREIGN = Pattern.compile("(AIRFLOW|MP_MESSAGING_|PIP_|PYTHON|SPARK_).*");

    /** Those of them that a user may set for the pipeline; airflow/README.md lists the ones of pip. */
    private static final Set<String> OURS = Set.of(
            Settings.AIRFLOW_PORT.name(),
            Settings.SPARK_MASTER.name(),
            "SPARK_LOCAL_DIRS",
            "SPARK_LOCAL_IP",
            "SPARK_PUBLIC_DNS",
            "PIP_INDEX_URL",
            "PIP_EXTRA_INDEX_URL",
            "PIP_NO_INDEX",
            "PIP_FIND_LINKS",
            "PIP_TRUSTED_HOST",
            "PIP_CERT",
            "PIP_CLIENT_CERT",
            "PIP_PROXY",
            "PIP_TIMEOUT",
            "PIP_RETRIES",
            "PIP_CACHE_DIR");

    private ForeignVariables() {}

    /** Returns a copy of the environment without the foreign variables. */
    static Map<String, String> removedFrom(Map<String, String> environment) {
        Map<String, String> own = new HashMap<>(environment);
        own.keySet().removeIf(name -> FOREIGN.matcher(name).matches() && !OURS.contains(name));
        return own;
    }
}
