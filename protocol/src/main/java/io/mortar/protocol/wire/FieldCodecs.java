package io.mortar.protocol.wire;

import akka.actor.typed.ActorRef;
import akka.util.ByteString;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The codecs of record components, by declared type. Built once per record type, then only used. */
final class FieldCodecs {
    private static final int LIST_SIZE_MAX = 1 << 20;

    private final RecordCodec records;
    private final Tags tags;
    private final RefCodec refs;

    FieldCodecs(RecordCodec records, Tags tags, RefCodec refs) {
        this.records = records;
        this.tags = tags;
        this.refs = refs;
    }

    /** One component's codec. */
    interface Field {
        void write(@Nullable Object value, ByteSink sink);

        @Nullable
        Object read(ByteBuffer bytes, int depth);

        /** What a component has that an older writer did not know. */
        @Nullable
        Object absent();
    }

    static boolean isNullable(RecordComponent component) {
        return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    Field of(Type type, boolean nullable) {
        return nullable ? nullable(plain(type)) : plain(type);
    }

    private Field plain(Type type) {
        Class<?> raw = type instanceof ParameterizedType p ? (Class<?>) p.getRawType() : (Class<?>) type;
        if (raw == long.class || raw == Long.class) {
            return field(
                    (Long v, ByteSink s) -> s.writeLong(v),
                    b -> fixed(b, Long.BYTES).getLong(),
                    () -> 0L);
        }
        if (raw == int.class || raw == Integer.class) {
            return field(
                    (Integer v, ByteSink s) -> s.writeInt(v),
                    b -> fixed(b, Integer.BYTES).getInt(),
                    () -> 0);
        }
        if (raw == boolean.class) {
            return field(
                    (Boolean v, ByteSink s) -> s.writeByte(v ? 1 : 0),
                    b -> fixed(b, 1).get() != 0,
                    () -> false);
        }
        if (raw == String.class) {
            return field((String v, ByteSink s) -> s.writeString(v), WireBytes::readString, () -> "");
        }
        if (raw == byte[].class) {
            return field((byte[] v, ByteSink s) -> s.writeBytes(v), WireBytes::readBytes, () -> new byte[0]);
        }
        if (raw == ByteString.class) {
            return field(
                    (ByteString v, ByteSink s) -> s.writeBytes(v.toArrayUnsafe()),
                    b -> ByteString.fromArrayUnsafe(WireBytes.readBytes(b)),
                    ByteString::emptyByteString);
        }
        if (raw == UUID.class) {
            return field(FieldCodecs::writeUuid, FieldCodecs::readUuid, () -> {
                throw missing(raw);
            });
        }
        if (raw.isEnum()) {
            return field((Enum<?> v, ByteSink s) -> s.writeString(v.name()), b -> enumOf(raw, b), () -> {
                throw missing(raw);
            });
        }
        if (ActorRef.class.isAssignableFrom(raw)) {
            return field(
                    (ActorRef<?> v, ByteSink s) -> s.writeString(refs.write(v)),
                    b -> refs.read(WireBytes.readString(b)),
                    () -> {
                        throw missing(raw);
                    });
        }
        if (raw == List.class) {
            return list(of(((ParameterizedType) type).getActualTypeArguments()[0], false));
        }
        return composite(raw);
    }

    private Field composite(Class<?> raw) {
        if (raw.isRecord()) {
            Class<? extends Record> type = raw.asSubclass(Record.class);
            return nested((v, s) -> records.write(v, s), (b, depth) -> records.read(type, b, depth), raw);
        }
        if (raw.isSealed()) {
            return nested(
                    (v, s) -> {
                        s.writeString(tags.tagOf(v.getClass()));
                        records.write(v, s);
                    },
                    (b, depth) -> readTagged(raw, b, depth),
                    raw);
        }
        throw new IllegalArgumentException("no codec for a component of " + raw.getName());
    }

    private Object readTagged(Class<?> expected, ByteBuffer bytes, int depth) {
        String tag = WireBytes.readString(bytes);
        Class<? extends Record> type =
                tags.typeOf(tag).orElseThrow(() -> new WireFormatException("unknown tag '" + tag + "'"));
        if (!expected.isAssignableFrom(type)) {
            throw new WireFormatException("tag '" + tag + "' is not a " + expected.getSimpleName());
        }
        return records.read(type, bytes, depth);
    }

    private static Field nullable(Field inner) {
        return new Field() {
            @Override
            public void write(@Nullable Object value, ByteSink sink) {
                sink.writeByte(value == null ? 0 : 1);
                if (value != null) {
                    inner.write(value, sink);
                }
            }

            @Override
            public @Nullable Object read(ByteBuffer bytes, int depth) {
                return fixed(bytes, 1).get() == 0 ? null : inner.read(bytes, depth);
            }

            @Override
            public @Nullable Object absent() {
                return null;
            }
        };
    }

    private static Field list(Field element) {
        return new Field() {
            @Override
            public void write(@Nullable Object value, ByteSink sink) {
                List<?> list = (List<?>) present(value);
                sink.writeInt(list.size());
                list.forEach(e -> element.write(e, sink));
            }

            @Override
            public Object read(ByteBuffer bytes, int depth) {
                int size = fixed(bytes, Integer.BYTES).getInt();
                if (size < 0 || size > LIST_SIZE_MAX) {
                    throw new WireFormatException("list of " + size + " elements");
                }
                List<@Nullable Object> list = new ArrayList<>(Math.min(size, 1024));
                for (int i = 0; i < size; i++) {
                    list.add(element.read(bytes, depth));
                }
                return list;
            }

            @Override
            public Object absent() {
                return List.of();
            }
        };
    }

    private interface NestedRead {
        Object read(ByteBuffer bytes, int depth);
    }

    private static Field nested(BiConsumer<Record, ByteSink> write, NestedRead read, Class<?> raw) {
        return new Field() {
            @Override
            public void write(@Nullable Object value, ByteSink sink) {
                write.accept((Record) present(value), sink);
            }

            @Override
            public Object read(ByteBuffer bytes, int depth) {
                return read.read(bytes, depth);
            }

            @Override
            public Object absent() {
                throw missing(raw);
            }
        };
    }

    private static <T> Field field(BiConsumer<T, ByteSink> write, Function<ByteBuffer, T> read, Supplier<T> absent) {
        return new Field() {
            @Override
            @SuppressWarnings("unchecked") // the component's declared type is T, checked by plain()
            public void write(@Nullable Object value, ByteSink sink) {
                write.accept((T) present(value), sink);
            }

            @Override
            public @Nullable Object read(ByteBuffer bytes, int depth) {
                return read.apply(bytes);
            }

            @Override
            public @Nullable Object absent() {
                return absent.get();
            }
        };
    }

    private static Object present(@Nullable Object value) {
        if (value == null) {
            throw new IllegalArgumentException("a component that is not @Nullable is null");
        }
        return value;
    }

    private static WireFormatException missing(Class<?> type) {
        return new WireFormatException("a " + type.getSimpleName() + " is missing and has no default");
    }

    private static void writeUuid(UUID value, ByteSink sink) {
        sink.writeLong(value.getMostSignificantBits());
        sink.writeLong(value.getLeastSignificantBits());
    }

    private static UUID readUuid(ByteBuffer bytes) {
        ByteBuffer both = fixed(bytes, 2 * Long.BYTES);
        return new UUID(both.getLong(), both.getLong());
    }

    private static Enum<?> enumOf(Class<?> type, ByteBuffer bytes) {
        String name = WireBytes.readString(bytes);
        return Arrays.stream(type.getEnumConstants())
                .map(c -> (Enum<?>) c)
                .filter(c -> c.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new WireFormatException("'" + name + "' is not a " + type.getSimpleName()));
    }

    private static ByteBuffer fixed(ByteBuffer bytes, int count) {
        WireBytes.need(bytes, count);
        return bytes;
    }
}
