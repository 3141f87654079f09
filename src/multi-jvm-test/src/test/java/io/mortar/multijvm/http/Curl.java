package io.mortar.multijvm.http;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The curl of this machine, one run for many files. */
public final class Curl {
    private Curl() {}

    /** PUTs each file to its URL; returns the status of each answer, in the order of {@code files}. */
    public static List<Integer> upload(Map<URI, Path> files, Path workDirectory)
            throws IOException, InterruptedException {
        StringBuilder config = new StringBuilder();
        files.forEach((url, file) -> config.append("upload-file = \"")
                .append(file)
                .append("\"\nurl = \"")
                .append(url)
                .append("\"\noutput = \"/dev/null\"\n"));
        return run(config.toString(), workDirectory);
    }

    /** GETs each URL into its file; returns the status of each answer, in the order of {@code files}. */
    public static List<Integer> download(Map<URI, Path> files, Path workDirectory)
            throws IOException, InterruptedException {
        StringBuilder config = new StringBuilder();
        files.forEach((url, file) -> config.append("url = \"")
                .append(url)
                .append("\"\noutput = \"")
                .append(file)
                .append("\"\n"));
        return run(config.toString(), workDirectory);
    }

    private static List<Integer> run(String config, Path workDirectory) throws IOException, InterruptedException {
        Path file = Files.writeString(
                workDirectory.resolve("curl.conf"), "silent\nshow-error\nwrite-out = \"%{http_code}\\n\"\n" + config);
        Process curl = new ProcessBuilder("curl", "--disable", "--config", file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String statuses = new String(curl.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        int exitCode = curl.waitFor();
        if (exitCode != 0) {
            throw new IOException("curl exited with " + exitCode);
        }
        return statuses.lines().map(Integer::valueOf).toList();
    }
}
