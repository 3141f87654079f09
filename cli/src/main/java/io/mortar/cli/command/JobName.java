package io.mortar.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.mortar.cli.failure.CommandFailedException;
import io.mortar.cli.remote.UrlPath;
import io.mortar.core.volume.VolumeName;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code VOL/ID}: a job on the command line. */
record JobName(String volume, long id) {
    private static final Pattern WRITTEN = Pattern.compile("([^/]+)/([1-9]\\d{0,17})");

    /** A usage error if {@code text} is no such name. */
    static JobName parse(String text) {
        Matcher matcher = WRITTEN.matcher(text);
        if (!matcher.matches() || !VolumeName.isValid(matcher.group(1))) {
            throw CommandFailedException.usage(
                    "'" + text + "' is not the name of a job, such as bt-vol/7: see 'mortar job list'");
        }
        return new JobName(matcher.group(1), Long.parseLong(matcher.group(2)));
    }

    /** The name of a job as a node describes it. */
    static JobName of(JsonNode job) {
        return new JobName(job.path("volume").asText(), job.path("id").asLong());
    }

    String path() {
        return UrlPath.ofApi("volumes", volume, "jobs", Long.toString(id));
    }

    @Override
    public String toString() {
        return volume + "/" + id;
    }
}
