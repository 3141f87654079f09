package io.mortar.cli.terminal;

import java.text.DecimalFormat;
import java.time.temporal.ChronoUnit;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A bar per file on standard error, with rate and time left. For terminals only: see {@link #of}. */
public final class BarProgress implements Progress {
    private static final long SHOWN_FROM_BYTES = 1 << 20;
    private static final int NAME_WIDTH_MAX = 30;

    private final Terminal terminal;
    private @Nullable ProgressBar bar;

    private BarProgress(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Bars when standard error is a terminal, nothing otherwise. */
    public static Progress of(Terminal terminal, boolean quiet) {
        return quiet || !terminal.isInteractive(Terminal.Stream.ERR) ? Progress.NONE : new BarProgress(terminal);
    }

    @Override
    public void begin(String name, long sizeBytes) {
        if (sizeBytes >= 0 && sizeBytes < SHOWN_FROM_BYTES) {
            return;
        }
        String shown =
                name.length() <= NAME_WIDTH_MAX ? name : "…" + name.substring(name.length() - NAME_WIDTH_MAX + 1);
        bar = new ProgressBarBuilder()
                .setTaskName(shown)
                .setInitialMax(sizeBytes)
                .setUnit("MiB", 1 << 20)
                .setUpdateIntervalMillis(200)
                .setStyle(ProgressBarStyle.ASCII)
                .showSpeed(new DecimalFormat("#.#"))
                .setSpeedUnit(ChronoUnit.SECONDS)
                .setConsumer(new ConsoleProgressBarConsumer(terminal.errors()))
                .build();
    }

    @Override
    public void moved(long bytes) {
        if (bar != null) {
            bar.stepBy(bytes);
        }
    }

    @Override
    public void end() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }
}
