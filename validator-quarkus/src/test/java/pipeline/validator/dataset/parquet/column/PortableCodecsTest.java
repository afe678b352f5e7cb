package pipeline.validator.dataset.parquet.column;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputDecompressor;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PortableCodecsTest {
    private static final byte[] PLAIN = "some text, some text, some text, some text".getBytes();

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void readsZstdWithAndWithoutItsLibrary(boolean library) throws IOException {
        BytesInputDecompressor zstd = new PortableCodecs(library).getDecompressor(CompressionCodecName.ZSTD);
        byte[] compressed = Zstd.compress(PLAIN);

        assertThat(zstd.decompress(BytesInput.from(compressed), PLAIN.length).toByteArray())
                .isEqualTo(PLAIN);
        ByteBuffer output = ByteBuffer.allocateDirect(PLAIN.length);
        zstd.decompress(ByteBuffer.wrap(compressed), compressed.length, output, PLAIN.length);
        byte[] bytes = new byte[PLAIN.length];
        output.flip().get(bytes);
        assertThat(bytes).isEqualTo(PLAIN);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void refusesInvalidZstd(boolean library) {
        BytesInputDecompressor zstd = new PortableCodecs(library).getDecompressor(CompressionCodecName.ZSTD);
        byte[] compressed = Zstd.compress(PLAIN);
        byte[] cut = Arrays.copyOf(compressed, compressed.length - 3);

        assertThatThrownBy(() -> zstd.decompress(BytesInput.from(PLAIN), PLAIN.length))
                .isInstanceOfAny(IOException.class, RuntimeException.class);
        assertThatThrownBy(() -> zstd.decompress(BytesInput.from(cut), PLAIN.length))
                .isInstanceOfAny(IOException.class, RuntimeException.class);
        assertThatThrownBy(() -> zstd.decompress(BytesInput.from(compressed), PLAIN.length + 1))
                .isInstanceOfAny(IOException.class, RuntimeException.class);
    }

    @Test
    void namesAnUnknownCodec() {
        assertThatThrownBy(() -> new PortableCodecs().getDecompressor(CompressionCodecName.BROTLI))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("BROTLI")
                .hasMessageContaining("zstd");
    }
}
