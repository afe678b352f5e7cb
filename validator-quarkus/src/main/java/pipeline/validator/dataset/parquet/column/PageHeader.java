package pipeline.validator.dataset.parquet.column;

import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageType;

/** The header that precedes each page. */
final class PageHeader {
    private PageType type;
    private int size;
    private int compressedSize;
    /** Null if there is none. */
    private Integer crc;

    private int values;
    private int nulls;
    private Encoding encoding;
    private Encoding levelEncoding;
    private int levelBytes;
    private int repetitionBytes;
    private boolean isCompressed = true;

    private PageHeader() {}

    static PageHeader read(ThriftReader in) {
        PageHeader header = new PageHeader();
        in.begin();
        while (in.nextField()) {
            switch (in.field()) {
                case 1 -> header.type = PageType.findByValue(in.smallNumber());
                case 2 -> header.size = in.smallNumber();
                case 3 -> header.compressedSize = in.smallNumber();
                case 4 -> header.crc = in.smallNumber();
                case 5, 7 -> header.readPage(in);
                case 8 -> header.readPageOfVersion2(in);
                default -> in.skip();
            }
        }
        return header;
    }

    /** A page of values, or a dictionary, which has fewer fields. */
    private void readPage(ThriftReader in) {
        in.begin();
        while (in.nextField()) {
            switch (in.field()) {
                case 1 -> values = in.smallNumber();
                case 2 -> encoding = Encoding.findByValue(in.smallNumber());
                case 3 -> {
                    if (type == PageType.DATA_PAGE) {
                        levelEncoding = Encoding.findByValue(in.smallNumber());
                    } else {
                        in.skip();
                    }
                }
                default -> in.skip();
            }
        }
    }

    private void readPageOfVersion2(ThriftReader in) {
        in.begin();
        while (in.nextField()) {
            switch (in.field()) {
                case 1 -> values = in.smallNumber();
                case 2 -> nulls = in.smallNumber();
                case 4 -> encoding = Encoding.findByValue(in.smallNumber());
                case 5 -> levelBytes = in.smallNumber();
                case 6 -> repetitionBytes = in.smallNumber();
                case 7 -> isCompressed = in.bool();
                default -> in.skip();
            }
        }
    }

    PageType type() {
        return type;
    }

    /** Returns how many bytes the page has when it is not compressed. */
    int size() {
        return size;
    }

    /** Returns how many bytes follow the header. */
    int compressedSize() {
        return compressedSize;
    }

    Integer crc() {
        return crc;
    }

    /** Returns how many values it has, with nulls. */
    int values() {
        return values;
    }

    /** In version 2 only. */
    int nulls() {
        return nulls;
    }

    Encoding encoding() {
        return encoding;
    }

    /** In version 1 only. */
    Encoding levelEncoding() {
        return levelEncoding;
    }

    /** Returns how many bytes the definition levels have, in version 2 only. */
    int levelBytes() {
        return levelBytes;
    }

    int repetitionBytes() {
        return repetitionBytes;
    }

    boolean isCompressed() {
        return isCompressed;
    }
}
