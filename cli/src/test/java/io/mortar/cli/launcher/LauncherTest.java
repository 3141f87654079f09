package io.mortar.cli.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher script with a java and a mvn that only say how they were called. */
class LauncherTest {
    private static final String FAKE_JAVA =
            "#!/bin/bash\nprintf '%s\\n' \"$@\"\necho \"arenas=${MALLOC_ARENA_MAX:-}\"\n";
    private static final String WRITE_ARCHIVE = "for o; do [[ $o != *AtExit=* ]] || echo classes >\"${o#*=}\"; done\n";
    private static final String FAKE_MVN = "#!/bin/bash\necho \"$PWD $*\" >>mvn-calls\nmkdir -p"
            + " cli/target/distribution/mortar/lib cli/target/distribution/mortar/conf\n";

    /** Above the largest that Linux gives out. */
    private static final int NO_PROCESS = (1 << 22) + 1;

    @TempDir
    Path temporary;

    private Path checkout;
    private Path javaHome;
    private Path bin;

    private record Run(int exit, List<String> out, String err) {}

    @BeforeEach
    void lay_out_a_checkout() throws IOException {
        checkout = Files.createDirectories(temporary.resolve("a checkout/mortar"));
        Files.createDirectories(checkout.resolve("cli/src/main/java"));
        Files.writeString(checkout.resolve("pom.xml"), "<project/>");
        Files.writeString(checkout.resolve("cli/pom.xml"), "<project/>");
        Files.writeString(checkout.resolve("cli/src/main/java/Main.java"), "class Main {}");
        copyLauncher(checkout.resolve("mortar"));
        javaHome = temporary.resolve("a jdk");
        bin = Files.createDirectories(javaHome.resolve("bin"));
        script(bin.resolve("java"), FAKE_JAVA);
        script(bin.resolve("javac"), "#!/bin/bash\n");
        Files.writeString(javaHome.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"17.0.9\"\n");
        script(Files.createDirectories(temporary.resolve("tools")).resolve("mvn"), FAKE_MVN);
    }

    @Test
    void a_checkout_is_built_once_and_again_when_a_source_is_newer() throws Exception {
        Run first = run(checkout.resolve("mortar"), "pool", "list");
        assertThat(first.exit()).as(first.err()).isZero();
        assertThat(first.err()).contains("building from source");
        assertThat(first.out()).contains("io.mortar.cli.Main", "pool", "list");

        Run second = run(checkout.resolve("mortar"), "pool", "list");
        assertThat(second.err()).isEmpty();
        assertThat(mvnCalls()).hasSize(1);

        Files.setLastModifiedTime(
                checkout.resolve("cli/src/main/java/Main.java"),
                FileTime.from(Instant.now().plusSeconds(60)));
        run(checkout.resolve("mortar"), "pool", "list");
        assertThat(mvnCalls())
                .hasSize(2)
                .allSatisfy(call -> assertThat(call).startsWith(checkout + " ").contains("package"));
    }

    @Test
    void a_failed_build_is_said_and_nothing_is_run() throws Exception {
        script(temporary.resolve("tools/mvn"), "#!/bin/bash\necho 'compile error'\nexit 1\n");

        Run failed = run(checkout.resolve("mortar"), "demo");

        assertThat(failed.exit()).isEqualTo(1);
        assertThat(failed.out()).isEmpty();
        assertThat(failed.err()).contains("compile error", "the build failed");
    }

    @Test
    void a_missing_maven_or_an_old_java_is_named_with_the_packages() throws Exception {
        Files.delete(temporary.resolve("tools/mvn"));
        assertThat(run(checkout.resolve("mortar"), "demo").err()).contains("no 'mvn' on PATH", "apt-get install");

        Files.writeString(javaHome.resolve("release"), "JAVA_VERSION=\"11.0.1\"\n");
        assertThat(run(checkout.resolve("mortar"), "demo").err()).contains("is Java 11.0.1", "17 or later");

        Files.delete(bin.resolve("java"));
        assertThat(run(checkout.resolve("mortar"), "demo").err()).contains("JAVA_HOME is");
    }

    @Test
    void a_node_gets_the_options_for_a_small_machine_and_then_the_users() throws Exception {
        for (String[] words : new String[][] {{"node", "start", "--name", "bt1"}, {"start", "--json", "node"}}) {
            List<String> out = run(checkout.resolve("mortar"), words).out();
            int own = out.indexOf("@" + checkout + "/cli/target/distribution/mortar/conf/node.jvm");
            assertThat(own).isNotNegative();
            assertThat(out.indexOf("-Xmx512m")).isGreaterThan(own);
            assertThat(out).contains("-Dtwo=words", "arenas=2").doesNotContain("-XX:TieredStopAtLevel=1");
        }
        assertThat(run(checkout.resolve("mortar"), "pool", "list").out())
                .contains("-XX:TieredStopAtLevel=1", "arenas=");
    }

    @Test
    void an_archive_of_classes_is_made_by_a_node_that_served_and_used_by_those_that_start_later() throws Exception {
        Path archive = checkout.resolve("cli/target/distribution/mortar/cds/node.jsa");
        String use = "-XX:SharedArchiveFile=" + archive;
        assertThat(run(checkout.resolve("mortar"), "node", "start").out()).doesNotContain(use);

        script(bin.resolve("java"), FAKE_JAVA + WRITE_ARCHIVE);
        assertThat(run(checkout.resolve("mortar"), "node", "prepare", "--help").exit())
                .isZero();
        assertThat(archive.getParent()).isEmptyDirectory();

        script(bin.resolve("java"), FAKE_JAVA + WRITE_ARCHIVE + ">\"${@: -1}/served\"\n");
        assertThat(run(checkout.resolve("mortar"), "node", "prepare").exit()).isZero();
        assertThat(archive).isRegularFile();
        assertThat(archive.getParent()).isDirectoryContaining(archive::equals);
        assertThat(run(checkout.resolve("mortar"), "node", "start").out()).contains(use);

        script(bin.resolve("java"), FAKE_JAVA + WRITE_ARCHIVE + "exit 3\n");
        assertThat(run(checkout.resolve("mortar"), "node", "prepare").exit()).isEqualTo(3);
        assertThat(Files.readString(archive)).isEqualTo("classes\n");
    }

    @Test
    void archives_that_were_abandoned_are_removed_before_the_next_is_made() throws Exception {
        run(checkout.resolve("mortar"), "pool", "list");
        Path archives = Files.createDirectories(checkout.resolve("cli/target/distribution/mortar/cds"));
        Path finished = Files.writeString(archives.resolve("node.jsa"), "classes");
        Path killed = Files.writeString(archives.resolve("node.jsa." + NO_PROCESS), "half");
        Path old = Files.writeString(archives.resolve("node.jsa.1"), "half");
        for (Path file : List.of(finished, old)) {
            Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
        }
        Path inProgress = Files.writeString(
                archives.resolve("node.jsa." + ProcessHandle.current().pid()), "half");

        assertThat(run(checkout.resolve("mortar"), "node", "prepare", "--help").exit())
                .isZero();

        assertThat(List.of(killed, old)).allSatisfy(file -> assertThat(file).doesNotExist());
        assertThat(List.of(finished, inProgress))
                .allSatisfy(file -> assertThat(file).exists());
    }

    @Test
    void it_works_through_a_link_and_from_a_distribution() throws Exception {
        Path distribution =
                Files.createDirectories(temporary.resolve("opt/mortar 1/bin")).getParent();
        Files.createDirectories(distribution.resolve("lib"));
        copyLauncher(distribution.resolve("bin/mortar"));
        Path link = Files.createSymbolicLink(temporary.resolve("a link"), distribution.resolve("bin/mortar"));

        Run linked = run(link, "put", "a b", "v:/c  d");

        assertThat(linked.exit()).as(linked.err()).isZero();
        assertThat(linked.out()).contains(distribution + "/lib/*", "put", "a b", "v:/c  d");
        assertThat(mvnCalls()).isEmpty();
    }

    @Test
    void a_broken_distribution_is_named() throws Exception {
        Path alone = Files.createDirectories(temporary.resolve("alone/bin"));
        copyLauncher(alone.resolve("mortar"));

        assertThat(run(alone.resolve("mortar"), "demo").err()).contains("no Mortar in", "'lib' is missing");
    }

    private Run run(Path launcher, String... arguments) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(launcher.toString());
        builder.command().addAll(List.of(arguments));
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("MORTAR_") || name.equals("MALLOC_ARENA_MAX"));
        environment.put("JAVA_HOME", javaHome.toString());
        environment.put("MORTAR_JAVA_OPTS", "-Xmx512m -Dtwo=words");
        environment.put("PATH", temporary.resolve("tools") + ":/usr/bin:/bin");
        if (!Files.exists(temporary.resolve("tools/mvn"))) {
            environment.put("PATH", toolsWithoutMaven());
        }
        Path out = temporary.resolve("out");
        Path err = temporary.resolve("err");
        Process process = builder.directory(temporary.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        process.getOutputStream().close();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Run(process.exitValue(), Files.readAllLines(out), Files.readString(err));
    }

    /** The system's own Maven must not be found. */
    private String toolsWithoutMaven() throws IOException {
        Path tools = Files.createDirectories(temporary.resolve("few-tools"));
        for (String tool : List.of("bash", "readlink", "find", "id", "mkdir", "env")) {
            if (!Files.exists(tools.resolve(tool))) {
                script(tools.resolve(tool), "#!/bin/bash\nexec /usr/bin/" + tool + " \"$@\"\n");
            }
        }
        return tools.toString();
    }

    private List<String> mvnCalls() throws IOException {
        Path calls = checkout.resolve("mvn-calls");
        return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
    }

    private static void copyLauncher(Path target) throws IOException {
        script(target, Files.readString(Path.of(System.getProperty("mortar.root"), "mortar")));
    }

    private static void script(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
