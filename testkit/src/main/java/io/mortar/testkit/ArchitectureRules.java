package io.mortar.testkit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** Architecture rules that hold in every module; each module's {@code ArchitectureTest} calls {@link #check}. */
public final class ArchitectureRules {
    private static final List<String> NAMELESS_PACKAGES =
            List.of("..util..", "..common..", "..helper..", "..manager..", "..impl..");

    private ArchitectureRules() {}

    /** Checks {@code io.mortar.<module>}: no circles between its packages, no packages named for nothing, allowed arrows only. */
    public static void check(String module, List<String> allowedModules) {
        JavaClasses classes = classesOf(module);
        slices().matching("io.mortar." + module + ".(*)..")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .check(classes);
        for (String nameless : NAMELESS_PACKAGES) {
            noClasses()
                    .should()
                    .resideInAPackage("io.mortar" + nameless)
                    .because("a shared thing is named for what it is")
                    .check(classes);
        }
        String others = allowedModules.isEmpty() ? "" : "|" + String.join("|", allowedModules);
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveNameMatching("io\\.mortar\\.(?!(" + module + others + ")\\.).*")
                .because("modules depend on each other only as ARCHITECTURE.md draws it")
                .check(classes);
    }

    /** Checks that {@code io.mortar.<module>} is pure: time, randomness and ids come in as arguments, and no I/O happens. */
    public static void checkPure(String module) {
        JavaClasses classes = classesOf(module);
        List.of(
                        noClasses().should().callMethod(Instant.class, "now"),
                        noClasses().should().callMethod(System.class, "nanoTime"),
                        noClasses().should().callMethod(System.class, "currentTimeMillis"),
                        noClasses().should().callMethod(UUID.class, "randomUUID"),
                        noClasses().should().callConstructor(Random.class),
                        noClasses().should().dependOnClassesThat().areAssignableTo(Clock.class),
                        noClasses().should().dependOnClassesThat().areAssignableTo(Thread.class),
                        noClasses()
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage(
                                        "java.io..", "java.nio.file..", "java.nio.channels..", "java.net.."),
                        noClasses()
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage("akka..", "scala..", "org.slf4j.."))
                .forEach((ArchRule rule) ->
                        rule.because("core decides, the shell acts").check(classes));
    }

    private static JavaClasses classesOf(String module) {
        return new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.mortar." + module);
    }
}
