package io.mortar.core.namespace;

import static org.assertj.core.api.Assertions.assertThat;

import io.mortar.core.job.JobPace;
import io.mortar.core.job.ProposedChange;
import io.mortar.core.layout.FileVersion;
import io.mortar.core.path.VolumePath;
import io.mortar.core.pool.BrickId;
import io.mortar.core.volume.VolumeId;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class NamespaceRulesTest {
    private static final VolumePath PATH = VolumePath.parse("/a");
    private static final FileVersion VERSION = new FileVersion(TestVolume.ID, 1, 1);

    private final TestVolume volume = new TestVolume();

    @Test
    void every_command_and_every_query_has_a_rule() {
        List<Command> commands = List.of(
                new Command.OpenWrite(PATH, WriteCondition.NONE, -1),
                new Command.CommitWrite(VERSION, WriteCondition.NONE, 1, 1, List.of()),
                new Command.AbortWrite(VERSION),
                new Command.ReportDamage(VERSION, 0, new BrickId(new UUID(0, 1))),
                new Command.PutInline(PATH, WriteCondition.NONE, new byte[0]),
                new Command.Remove(PATH, true, WriteCondition.NONE),
                new Command.MakeDirectory(PATH, true),
                new Command.Move(PATH, PATH, true, WriteCondition.NONE),
                new Command.SetQuota(PATH, 1, 1),
                new Command.RemoveQuota(PATH));
        List<Query> queries = List.of(
                new Query.Lookup(PATH),
                new Query.LookupVersion(VERSION),
                new Query.ListDirectory(PATH, "", 1),
                new Query.ListQuotas(0),
                new Query.PlanChange(new ProposedChange.Rebalance()),
                new Query.ListJobFailures(3, 0, 10));

        assertThat(commands).extracting(Object::getClass).hasSameElementsAs(permitted(Command.class));
        assertThat(queries).extracting(Object::getClass).hasSameElementsAs(permitted(Query.class));
        commands.forEach(command -> assertThat(volume.run(command)).isNotNull());
        queries.forEach(query -> assertThat(volume.ask(query)).isNotNull());
    }

    @Test
    void the_ranges_of_a_volume_hold_all_its_rows_and_no_others() {
        fill();
        MemoryRows other = new MemoryRows();
        for (int id : new int[] {6, 8, 1, Integer.MAX_VALUE}) {
            VolumeContext context = new VolumeContext(
                    new VolumeId(id), volume.spec, volume.bricks, 1, volume.nowMillis, 1, 1, 0, JobPace.UNKNOWN, 1);
            other.apply(NamespaceRules.decide(context, other, new Command.OpenWrite(PATH, WriteCondition.NONE, -1))
                    .changes());
            other.apply(
                    NamespaceRules.decide(context, other, new Command.PutInline(PATH, WriteCondition.NONE, new byte[1]))
                            .changes());
        }
        int otherCount = other.rows.size();
        volume.rows.rows.putAll(other.rows);

        for (RowRange range : VolumeRows.ranges(TestVolume.ID)) {
            volume.rows.rows.subMap(range.from(), range.to()).clear();
        }

        assertThat(volume.rows.rows).hasSize(otherCount);
        assertThat(volume.rows.rows.keySet()).allMatch(other.rows::containsKey);
    }

    @Test
    void a_decision_may_be_applied_twice() {
        fill();
        MemoryRows twice = new MemoryRows();
        twice.rows.putAll(volume.rows.rows);
        Decision decision = NamespaceRules.decide(
                volume.context(), volume.rows, new Command.Remove(PATH, true, WriteCondition.NONE));
        volume.rows.apply(decision.changes());
        twice.apply(decision.changes());
        twice.apply(decision.changes());
        assertThat(twice.rows.keySet()).containsExactlyElementsOf(volume.rows.rows.keySet());
        assertThat(Usage.of(twice, TestVolume.ID)).isEqualTo(volume.usage());
    }

    /** Rows of every table. */
    private void fill() {
        volume.putLarge("/a/b", 10_000);
        volume.putLarge("/c", 10_000);
        volume.open("/d");
        volume.remove("/c");
        volume.put("/e/f", "x");
        volume.removeAll("/e");
        volume.rows.apply(List.of(Dedup.remember(volume.context(), -1, 1, new byte[1])));
        volume.rows.apply(Dedup.settle(volume.context(), volume.rows, -1, 1, 10));
    }

    private static List<Class<?>> permitted(Class<?> sealed) {
        return Arrays.asList(sealed.getPermittedSubclasses());
    }
}
