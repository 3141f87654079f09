package io.mortar.gateway.ranges;

import static org.assertj.core.api.Assertions.assertThat;

import io.mortar.testkit.Seeds;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RangeHeaderTest {
    private static List<ByteRange> parts(String header, long size) {
        return ((RangeSelection.Parts) RangeHeader.select(header, size)).ranges();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    bytes=0-0         | 0-0
                    bytes=5-          | 5-9
                    bytes=-3          | 7-9
                    bytes=-30         | 0-9
                    bytes=3-100       | 3-9
                    BYTES = 1-2       | 1-2
                    bytes=0-1,,  4-5, | 0-1 4-5
                    bytes=4-5,0-1     | 4-5 0-1
                    bytes=4-7,0-5     | 0-7
                    bytes=0-1,50-60   | 0-1
                    bytes=0-99999999999999999999999 | 0-9
                    """)
    void ranges_are_cut_to_the_file(String header, String expected) {
        assertThat(parts(header, 10).stream()
                        .map(r -> r.first() + "-" + r.last())
                        .collect(Collectors.joining(" ")))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "lines=0-1",
                "bytes",
                "bytes=",
                "bytes=-",
                "bytes=a-b",
                "bytes=5-2",
                "bytes=1-2-3",
                "bytes=0-1;2-3",
                "bytes=+1-2",
                "bytes=0 - 1"
            })
    void what_is_not_a_byte_range_is_ignored(String header) {
        assertThat(RangeHeader.select(header, 10)).isEqualTo(new RangeSelection.Whole());
    }

    @ParameterizedTest
    @CsvSource({"bytes=10-,10", "bytes=-0,10", "bytes=0-,0", "bytes=-5,0", "bytes=99999999999999999999-,10"})
    void a_range_outside_the_file_cannot_be_satisfied(String header, long size) {
        assertThat(RangeHeader.select(header, size)).isInstanceOf(RangeSelection.Unsatisfiable.class);
    }

    @Test
    void too_many_ranges_are_refused() {
        String ranges = IntStream.range(0, RangeHeader.RANGES_MAX)
                .mapToObj(i -> (2 * i) + "-" + (2 * i))
                .collect(Collectors.joining(","));
        assertThat(parts("bytes=" + ranges, 1000)).hasSize(RangeHeader.RANGES_MAX);
        assertThat(RangeHeader.select("bytes=" + ranges + ",999-", 1000))
                .isInstanceOf(RangeSelection.Unsatisfiable.class);
    }

    @Test
    void exactly_the_bytes_that_were_asked_for_are_selected_and_none_twice() {
        Seeds.upTo(300).forEach(seed -> {
            RandomGenerator random = Seeds.random(seed);
            int size = random.nextInt(1, 200);
            BitSet expected = new BitSet();
            List<String> specs = new ArrayList<>();
            int count = random.nextInt(1, 8);
            for (int i = 0; i < count; i++) {
                int first = random.nextInt(0, 250);
                int last = first + random.nextInt(0, 100);
                switch (random.nextInt(3)) {
                    case 0 -> {
                        specs.add(first + "-" + last);
                        expected.set(Math.min(first, size), Math.min(last + 1, size));
                    }
                    case 1 -> {
                        specs.add(first + "-");
                        expected.set(Math.min(first, size), size);
                    }
                    default -> {
                        specs.add("-" + first);
                        expected.set(Math.max(0, size - first), size);
                    }
                }
            }
            String header = "bytes=" + String.join(", ", specs);
            BitSet selected = new BitSet();
            if (RangeHeader.select(header, size) instanceof RangeSelection.Parts found) {
                for (ByteRange range : found.ranges()) {
                    assertThat(range.last()).isLessThan(size);
                    assertThat(selected.get((int) range.first(), (int) range.last() + 1)
                                    .isEmpty())
                            .as("seed %d: %s of %d", seed, header, size)
                            .isTrue();
                    selected.set((int) range.first(), (int) range.last() + 1);
                }
            }
            assertThat(selected).as("seed %d: %s of %d", seed, header, size).isEqualTo(expected);
        });
    }
}
