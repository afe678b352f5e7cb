package pipeline.validator.dataset.parquet.column;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputDecompressor;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.xerial.snappy.Snappy;

class PortableCodecsTest {
    private static final byte[] PLAIN = "some text, some text, some text, some text".getBytes();

    private static Stream<Arguments> compressed() throws IOException {
        byte[] zstd = Zstd.compress(PLAIN);
        byte[] snappy = Snappy.compress(PLAIN);
        return Stream.of(true, false)
                .flatMap(library -> Stream.of(
                        Arguments.of(library, CompressionCodecName.ZSTD, zstd),
                        Arguments.of(library, CompressionCodecName.SNAPPY, snappy)));
    }

    @ParameterizedTest
    @MethodSource("compressed")
    void decompressesWithAndWithoutLibraries(boolean library, CompressionCodecName codec, byte[] compressed)
            throws IOException {
        BytesInputDecompressor pages = new PortableCodecs(library).getDecompressor(codec);

        assertThat(pages.decompress(BytesInput.from(compressed), PLAIN.length).toByteArray())
                .isEqualTo(PLAIN);
        ByteBuffer output = ByteBuffer.allocateDirect(PLAIN.length);
        pages.decompress(ByteBuffer.wrap(compressed), compressed.length, output, PLAIN.length);
        byte[] bytes = new byte[PLAIN.length];
        output.flip().get(bytes);
        assertThat(bytes).isEqualTo(PLAIN);
    }

    @ParameterizedTest
    @MethodSource("compressed")
    void refusesInvalidPages(boolean library, CompressionCodecName codec, byte[] compressed) {
        BytesInputDecompressor pages = new PortableCodecs(library).getDecompressor(codec);
        byte[] cut = Arrays.copyOf(compressed, compressed.length - 3);

        assertRefused(pages, new byte[] {1, 2, 3}, PLAIN.length);
        assertRefused(pages, cut, PLAIN.length);
        assertRefused(pages, compressed, PLAIN.length + 1);
        assertRefused(pages, compressed, PLAIN.length - 1);
    }

    private static void assertRefused(BytesInputDecompressor pages, byte[] compressed, int size) {
        assertThatThrownBy(() -> pages.decompress(BytesInput.from(compressed), size))
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
