package io.mortar.protocol.wire;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Turns records into bytes and back, component by component in order of declaration; {@code docs/formats/wire.md} has the grammar.
 *
 * <p>A record is written as its length in bytes and its components. A reader that knows more components than were written takes zero,
 * empty or null for the rest; one that knows fewer skips what it does not know. So components are only ever added at the end. No
 * class name is ever written: a sealed interface is written as the tag of the record behind it.
 */
public final class RecordCodec {
    /** Bound on nesting, against hostile input. */
    private static final int DEPTH_MAX = 32;

    private final FieldCodecs fields;
    private final Map<Class<?>, Shape> shapes = new ConcurrentHashMap<>();

    public RecordCodec(Tags tags, RefCodec refs) {
        this.fields = new FieldCodecs(this, tags, refs);
    }

    /** Writes {@code value} at the sink's end. */
    public void write(Record value, ByteSink sink) {
        Shape shape = shape(value.getClass());
        int start = sink.beginLength();
        for (int i = 0; i < shape.components.length; i++) {
            shape.codecs[i].write(get(shape.components[i], value), sink);
        }
        sink.endLength(start);
    }

    /** Reads a {@code type} at the buffer's position. Throws {@link WireFormatException} on bytes that are not one. */
    public <T extends Record> T read(Class<T> type, ByteBuffer bytes) {
        return read(type, bytes, 0);
    }

    <T extends Record> T read(Class<T> type, ByteBuffer bytes, int depth) {
        if (depth > DEPTH_MAX) {
            throw new WireFormatException("records are nested deeper than " + DEPTH_MAX);
        }
        Shape shape = shape(type);
        int length = WireBytes.readLength(bytes);
        ByteBuffer body = bytes.slice(bytes.position(), length);
        bytes.position(bytes.position() + length);
        Object[] values = new Object[shape.components.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = body.hasRemaining() ? shape.codecs[i].read(body, depth + 1) : shape.codecs[i].absent();
        }
        try {
            return type.cast(shape.constructor.newInstance(values));
        } catch (InvocationTargetException e) {
            throw new WireFormatException(type.getSimpleName() + " cannot be made of what was read", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("record " + type.getName() + " cannot be constructed", e);
        }
    }

    private static Object get(RecordComponent component, Record value) {
        try {
            return component.getAccessor().invoke(value);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("component " + component + " cannot be read", e);
        }
    }

    private Shape shape(Class<?> type) {
        Shape known = shapes.get(type);
        if (known == null) {
            known = new Shape(type, fields);
            shapes.put(type, known);
        }
        return known;
    }

    /** What is needed to take one record type apart and to build it. */
    private static final class Shape {
        private final RecordComponent[] components;
        private final FieldCodecs.Field[] codecs;
        private final java.lang.reflect.Constructor<?> constructor;

        Shape(Class<?> type, FieldCodecs fields) {
            components = type.getRecordComponents();
            codecs = Arrays.stream(components)
                    .map(c -> fields.of(c.getGenericType(), FieldCodecs.isNullable(c)))
                    .toArray(FieldCodecs.Field[]::new);
            try {
                constructor = type.getDeclaredConstructor(
                        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            } catch (NoSuchMethodException e) {
                throw new LinkageError("record " + type.getName() + " has no canonical constructor", e);
            }
            for (RecordComponent component : components) {
                component.getAccessor().setAccessible(true);
            }
            constructor.setAccessible(true);
        }
    }
}
