package io.mortar.gateway.ranges;

import akka.NotUsed;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Body of an answer with several ranges: {@code multipart/byteranges} (RFC 9110, section 14.6). */
public final class MultipartRanges {
    private final List<ByteRange> ranges;
    private final List<ByteString> heads;
    private final ByteString tail;

    /** @param boundary must not appear in the file; a random one of 128 bits does not */
    public MultipartRanges(List<ByteRange> ranges, long sizeBytes, String contentType, String boundary) {
        this.ranges = List.copyOf(ranges);
        this.heads = this.ranges.stream()
                .map(range -> ByteString.fromString("\r\n--" + boundary + "\r\nContent-Type: " + contentType
                        + "\r\nContent-Range: " + range.contentRange(sizeBytes) + "\r\n\r\n"))
                .toList();
        this.tail = ByteString.fromString("\r\n--" + boundary + "--\r\n");
    }

    /** Size of the whole body. */
    public long sizeBytes() {
        long size = tail.size();
        for (int i = 0; i < heads.size(); i++) {
            size += heads.get(i).size() + ranges.get(i).length();
        }
        return size;
    }

    /** The body; {@code read} is called for one range after the other, when the ones before have been sent. */
    public Source<ByteString, NotUsed> bytes(Function<ByteRange, CompletionStage<Source<ByteString, NotUsed>>> read) {
        return Source.range(0, ranges.size() - 1)
                .flatMapConcat(i ->
                        Source.single(heads.get(i)).concatLazy(Source.completionStageSource(read.apply(ranges.get(i)))))
                .concatLazy(Source.single(tail));
    }
}
