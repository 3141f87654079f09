package io.mortar.core.namespace;

import static io.mortar.core.namespace.TestVolume.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.mortar.core.job.JobPace;
import io.mortar.core.layout.FileVersion;
import io.mortar.core.namespace.row.CountersRow;
import io.mortar.core.namespace.row.RowKeys;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.volume.VolumeId;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class LeasesTest {
    private final TestVolume volume = new TestVolume();

    @Test
    void open_leases_are_listed_until_they_are_committed_aborted_or_expired() {
        FileVersion committed = volume.open("/1").version();
        FileVersion aborted = volume.open("/2").version();
        FileVersion expired = volume.open("/3").version();
        FileVersion open = volume.open("/3").version();
        assertThat(Leases.open(volume.rows, TestVolume.ID)).containsExactly(committed, aborted, expired, open);

        volume.commit(committed, 10_000);
        volume.run(new Command.AbortWrite(aborted));
        assertThat(volume.apply(Leases.expire(volume.context(), volume.rows, expired)))
                .isEqualTo(new Outcome.WriteAborted());

        assertThat(Leases.open(volume.rows, TestVolume.ID)).containsExactly(open);
        assertThat(Leases.isOpen(volume.rows, open)).isTrue();
        assertThat(Leases.isOpen(volume.rows, expired)).isFalse();
    }

    @Test
    void an_expired_lease_cannot_be_committed_and_its_chunks_are_deleted() {
        FileVersion version = volume.open("/f").version();
        volume.apply(Leases.expire(volume.context(), volume.rows, version));
        assertRefused(volume.commit(version, 10_000), RefusalCode.LEASE_LOST);
        assertThat(volume.dueVersions()).containsExactly(version);
        assertThat(Leases.expire(volume.context(), volume.rows, version).changes())
                .isEmpty();
    }

    @Test
    void the_lease_of_another_volume_is_not_found() {
        FileVersion version = volume.open("/f").version();
        VolumeContext other = new VolumeContext(
                new VolumeId(8), volume.spec, volume.bricks, 1, volume.nowMillis, 1, 1, 0, JobPace.UNKNOWN, 1);
        assertRefused(
                NamespaceRules.decide(
                                other,
                                volume.rows,
                                new Command.CommitWrite(version, WriteCondition.NONE, 10, 1, List.of()))
                        .outcome(),
                RefusalCode.LEASE_LOST);
        assertThat(Leases.expire(other, volume.rows, version).changes()).isEmpty();
        assertThat(Leases.open(volume.rows, other.volume())).isEmpty();
    }

    @Test
    void more_open_writes_than_the_bound_are_refused_until_one_is_closed() {
        FileVersion open = volume.open("/f").version();
        CountersRow counters =
                CountersRow.decode(Objects.requireNonNull(volume.rows.get(RowKeys.counters(TestVolume.ID))));
        volume.rows.apply(List.of(new RowChange(
                RowKeys.counters(TestVolume.ID),
                counters.plusLeases(Leases.OPEN_COUNT_MAX - 1).encode())));

        assertRefused(
                volume.run(new Command.OpenWrite(TestVolume.path("/g"), WriteCondition.NONE, -1)),
                RefusalCode.OVERLOADED,
                "10000");
        volume.run(new Command.AbortWrite(open));
        assertThat(volume.open("/g")).isNotNull();
    }
}
