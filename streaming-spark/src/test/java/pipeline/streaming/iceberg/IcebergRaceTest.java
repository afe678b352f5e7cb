package pipeline.streaming.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.catalog.TableIdentifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IcebergRaceTest {
    @TempDir
    Path folder;

    @Test
    void ofTwoJobsOneStops() throws Exception {
        new Races(new Lake(folder)).ofTwoJobsOneStops();
    }

    @Test
    void twoJobsThatFinishTheSameBatchAppendItsRejectedEventsOnce() throws Exception {
        new Races(new Lake(folder)).bothFinishABatch();
    }

    @Test
    void bothCreateTheTablesOfARun() throws Exception {
        Lake lake = new Lake(folder);
        lake.catalog().tableExists(TableIdentifier.of("pipeline", "none"));
        for (int race = 0; race < Races.COUNT; race++) {
            String namespace = "namespace" + race;
            CyclicBarrier ready = new CyclicBarrier(2);

            List<String> tables = Races.both(() -> {
                try (IcebergCatalog catalog = IcebergCatalog.open(lake.config)) {
                    Races.await(ready);
                    return catalog.table(namespace, "t", RejectedTable.schema(), PartitionSpec.unpartitioned())
                            .uuid()
                            .toString();
                }
            });

            assertThat(tables.get(0)).isEqualTo(tables.get(1));
        }
    }
}
