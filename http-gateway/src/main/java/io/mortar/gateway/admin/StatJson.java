package io.mortar.gateway.admin;

import io.mortar.core.layout.Striping;
import io.mortar.core.namespace.FileView;
import io.mortar.core.namespace.Outcome;
import io.mortar.core.path.VolumePath;
import io.mortar.core.volume.VolumeName;
import io.mortar.gateway.json.Times;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Attributes of a file or directory and where its stripes are, as {@code docs/api.md} describes it. */
record StatJson(
        String volume,
        String path,
        String type,
        long size,
        String mtime,
        @Nullable String etag,
        @Nullable String crc32c,
        boolean inline,
        @Nullable LayoutJson layout) {
    record LayoutJson(long id, int epoch, int stripeUnitBytes, int firstColumn, List<ColumnJson> columns) {}

    /** @param replica which copy of the column, from 0 */
    record ColumnJson(int column, int replica, String brick, String brickId, long chunks, long bytes) {}

    static StatJson of(VolumeName volume, VolumePath path, Outcome found) {
        if (found instanceof Outcome.FileFound file) {
            FileView view = file.file();
            Striping striping = view.striping();
            return new StatJson(
                    volume.value(),
                    path.toString(),
                    "file",
                    view.sizeBytes(),
                    Times.iso(view.modifiedMillis()),
                    view.etag().toString(),
                    HexFormat.of().toHexDigits(view.crc32c()),
                    striping == null,
                    striping == null ? null : layout(view, striping));
        }
        if (found instanceof Outcome.DirectoryFound directory) {
            return new StatJson(
                    volume.value(),
                    path.toString(),
                    "directory",
                    0,
                    Times.iso(directory.modifiedMillis()),
                    null,
                    null,
                    false,
                    null);
        }
        throw new AssertionError("unhandled " + found);
    }

    private static LayoutJson layout(FileView view, Striping striping) {
        int width = striping.layout().width();
        int replicas = striping.layout().replicaCount();
        int first = Math.floorMod(striping.seed(), width);
        long chunks = striping.chunkCount(view.sizeBytes());
        List<ColumnJson> columns = new ArrayList<>(width * replicas);
        for (int column = 0; column < width; column++) {
            int turn = Math.floorMod(column - first, width);
            long here = chunks > turn ? (chunks - turn - 1) / width + 1 : 0;
            long bytes = here * striping.stripeUnitBytes();
            if (chunks > 0 && (chunks - 1) % width == turn) {
                bytes -= chunks * striping.stripeUnitBytes() - view.sizeBytes();
            }
            for (int replica = 0; replica < replicas; replica++) {
                columns.add(new ColumnJson(
                        column,
                        replica,
                        view.locations().get(column * replicas + replica).toString(),
                        striping.layout().brick(column, replica).toString(),
                        here,
                        bytes));
            }
        }
        return new LayoutJson(
                striping.layout().id(), striping.layout().epoch(), striping.stripeUnitBytes(), first, columns);
    }
}
