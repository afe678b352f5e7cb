package pipeline.validator.dataset.parquet.column;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.KeyValue;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Statistics;
import org.apache.parquet.format.Util;
import org.junit.jupiter.api.Test;

class ThriftReaderTest {
    private static byte[] bytes(PageHeader header) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Util.writePageHeader(header, out);
        return out.toByteArray();
    }

    private static byte[] pageOfVersion2() throws IOException {
        DataPageHeaderV2 page = new DataPageHeaderV2(100_000, 7, 100_000, Encoding.RLE_DICTIONARY, 12, 0);
        page.setIs_compressed(false);
        page.setStatistics(new Statistics().setMax_value(new byte[20]).setNull_count(7));
        PageHeader header = new PageHeader(PageType.DATA_PAGE_V2, 1 << 30, 5);
        header.setCrc(-3);
        header.setData_page_header_v2(page);
        return bytes(header);
    }

    @Test
    void readsWhatParquetWrites() throws IOException {
        byte[] bytes = pageOfVersion2();
        ThriftReader in = new ThriftReader(bytes, 0, bytes.length);

        var header = pipeline.validator.dataset.parquet.column.PageHeader.read(in);

        assertThat(in.position()).isEqualTo(bytes.length);
        assertThat(header.type()).isEqualTo(PageType.DATA_PAGE_V2);
        assertThat(header.size()).isEqualTo(1 << 30);
        assertThat(header.compressedSize()).isEqualTo(5);
        assertThat(header.crc()).isEqualTo(-3);
        assertThat(header.values()).isEqualTo(100_000);
        assertThat(header.nulls()).isEqualTo(7);
        assertThat(header.encoding()).isEqualTo(Encoding.RLE_DICTIONARY);
        assertThat(header.levelBytes()).isEqualTo(12);
        assertThat(header.isCompressed()).isFalse();
    }

    @Test
    void skipsEveryKindOfField() throws IOException {
        FileMetaData footer = new FileMetaData(1, List.of(new SchemaElement("root")), 3, List.of());
        footer.setKey_value_metadata(List.of(new KeyValue("key").setValue("v".repeat(300)), new KeyValue("other")));
        footer.setCreated_by("a writer");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Util.writeFileMetaData(footer, out);
        ThriftReader in = new ThriftReader(out.toByteArray(), 0, out.size());
        in.begin();
        int fields = 0;
        while (in.nextField()) {
            fields++;
            in.skip();
        }

        assertThat(fields).isEqualTo(6);
        assertThat(in.position()).isEqualTo(out.size());
    }

    @Test
    void neverReadsBeyondTheEnd() throws IOException {
        byte[] bytes = pageOfVersion2();
        for (int end = 0; end < bytes.length; end++) {
            ThriftReader in = new ThriftReader(bytes, 0, end);

            assertThatThrownBy(() -> pipeline.validator.dataset.parquet.column.PageHeader.read(in))
                    .isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    /** Reading any bytes ends: with a result, or with an exception that is not an error of the JVM. */
    @Test
    void endsForAnyBytes() {
        Random random = new Random(5);
        byte[] bytes = new byte[200];
        for (int i = 0; i < 20_000; i++) {
            random.nextBytes(bytes);
            try {
                ThriftReader in = new ThriftReader(bytes, 0, bytes.length);
                in.begin();
                while (in.nextField()) {
                    in.skip();
                }
            } catch (RuntimeException e) {
                assertThat(e).isNotInstanceOf(NullPointerException.class);
            }
        }
        byte[] nested = new byte[100_000];
        Arrays.fill(nested, (byte) 0x19);
        ThriftReader in = new ThriftReader(nested, 0, nested.length);
        in.begin();
        in.nextField();

        assertThatThrownBy(in::skip).isInstanceOf(IndexOutOfBoundsException.class);
    }
}
