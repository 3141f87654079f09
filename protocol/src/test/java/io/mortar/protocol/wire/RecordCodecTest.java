package io.mortar.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The rules by which records of different versions are read; {@code docs/formats/wire.md} states them. */
class RecordCodecTest {
    private final RecordCodec codec = new RecordCodec(
            new Tags().with("circle", Circle.class).with("square", Square.class).with("stranger", Old.class),
            RefCodec.NONE);

    private enum Colour {
        RED
    }

    private sealed interface Shape permits Circle, Square {}

    private record Circle(int radius) implements Shape {}

    private record Square(int side) implements Shape {}

    private record Old(int first) {}

    private record New(
            int first,
            long number,
            boolean flag,
            String text,
            byte[] bytes,
            List<String> texts,
            @Nullable Old record,
            @Nullable UUID id,
            @Nullable Shape shape) {}

    private record Holder(Old inner, int after) {}

    private record NewHolder(New inner, int after) {}

    private record Strict(int first, UUID id) {}

    private record StrictEnum(int first, Colour colour) {}

    private record StrictRecord(int first, Old record) {}

    private record Drawn(Shape shape) {}

    private record Text(String text) {}

    private record Even(int number) {
        Even {
            if (number % 2 != 0) {
                throw new IllegalArgumentException("odd");
            }
        }
    }

    private byte[] write(Record value) {
        ByteSink sink = new ByteSink();
        codec.write(value, sink);
        return sink.toArray();
    }

    private <T extends Record> T read(Class<T> type, byte[] bytes) {
        return codec.read(type, ByteBuffer.wrap(bytes));
    }

    private static New full() {
        return new New(1, 2, true, "t", new byte[] {3}, List.of("u"), new Old(4), new UUID(5, 6), new Square(7));
    }

    @Test
    void components_that_an_older_writer_did_not_know_are_zero_empty_or_null() {
        New read = read(New.class, write(new Old(9)));
        assertThat(read)
                .usingRecursiveComparison()
                .isEqualTo(new New(9, 0, false, "", new byte[0], List.of(), null, null, null));
    }

    @Test
    void components_that_a_newer_writer_added_are_skipped() {
        assertThat(read(Old.class, write(full()))).isEqualTo(new Old(1));
    }

    @Test
    void what_follows_a_record_of_another_version_is_still_found() {
        assertThat(read(Holder.class, write(new NewHolder(full(), 5)))).isEqualTo(new Holder(new Old(1), 5));
        NewHolder read = read(NewHolder.class, write(new Holder(new Old(1), 5)));
        assertThat(read.after()).isEqualTo(5);
        assertThat(read.inner().texts()).isEmpty();
    }

    @Test
    void a_component_without_a_default_must_be_there() {
        for (Class<? extends Record> type : List.of(Strict.class, StrictEnum.class, StrictRecord.class)) {
            assertThatThrownBy(() -> read(type, write(new Old(1))))
                    .isInstanceOf(WireFormatException.class)
                    .hasMessageContaining("is missing and has no default");
        }
    }

    @Test
    void a_record_behind_a_sealed_type_must_be_one_of_its_own() {
        assertThat(read(Drawn.class, write(new Drawn(new Circle(3))))).isEqualTo(new Drawn(new Circle(3)));
        byte[] bytes = write(new Drawn(new Circle(3)));
        assertThatThrownBy(() -> read(Drawn.class, tagged("stranger")))
                .hasMessageContaining("'stranger' is not a Shape");
        assertThatThrownBy(() -> read(Drawn.class, tagged("hexagon"))).hasMessageContaining("unknown tag 'hexagon'");
        assertThat(bytes).hasSizeLessThan(30);
    }

    private static byte[] tagged(String tag) {
        ByteSink sink = new ByteSink();
        int start = sink.beginLength();
        sink.writeString(tag);
        sink.writeInt(4);
        sink.writeInt(1);
        sink.endLength(start);
        return sink.toArray();
    }

    @Test
    void an_enum_constant_is_written_by_name_and_an_unknown_one_is_refused() {
        byte[] bytes = write(new StrictEnum(1, Colour.RED));
        bytes[bytes.length - 1] = 'T';
        assertThatThrownBy(() -> read(StrictEnum.class, bytes))
                .isInstanceOf(WireFormatException.class)
                .hasMessageContaining("'RET' is not a Colour");
    }

    @Test
    void values_that_a_record_does_not_accept_are_refused() {
        assertThat(read(Even.class, write(new Old(2)))).isEqualTo(new Even(2));
        assertThatThrownBy(() -> read(Even.class, write(new Old(3))))
                .isInstanceOf(WireFormatException.class)
                .hasMessageContaining("Even");
    }

    @Test
    void text_that_is_not_utf_8_is_refused_and_the_replacement_character_itself_is_not() {
        assertThat(read(Text.class, write(new Text("\ufffd")))).isEqualTo(new Text("\ufffd"));
        byte[] bytes = write(new Text("ab"));
        bytes[bytes.length - 1] = (byte) 0xc3;
        assertThatThrownBy(() -> read(Text.class, bytes))
                .isInstanceOf(WireFormatException.class)
                .hasMessageContaining("UTF-8");
    }

    @Test
    void a_list_that_claims_more_than_there_is_costs_nothing() {
        ByteSink sink = new ByteSink();
        int start = sink.beginLength();
        sink.writeInt(1 << 20);
        sink.endLength(start);
        record Texts(List<String> texts) {}
        assertThatThrownBy(() -> read(Texts.class, sink.toArray())).isInstanceOf(WireFormatException.class);
    }

    @Test
    void references_are_refused_in_what_is_stored() {
        record WithRef(akka.actor.typed.ActorRef<String> ref) {}
        ByteSink sink = new ByteSink();
        int start = sink.beginLength();
        sink.writeString("akka://mortar/user/x");
        sink.endLength(start);
        assertThatThrownBy(() -> read(WithRef.class, sink.toArray()))
                .isInstanceOf(WireFormatException.class)
                .hasMessageContaining("an actor reference where none may be");
    }
}
