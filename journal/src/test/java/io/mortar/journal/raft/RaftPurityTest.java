package io.mortar.journal.raft;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.mortar.testkit.ArchitectureRules;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class RaftPurityTest {
    private static final JavaClasses CORE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.mortar.journal.raft");

    @Test
    void the_core_has_no_clock_thread_file_or_network() {
        ArchitectureRules.checkPure("journal.raft");
    }

    @Test
    void the_core_depends_on_plain_data_of_the_jdk_only() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "io.mortar.journal.raft",
                        "java.lang",
                        "java.lang.annotation",
                        "java.lang.invoke",
                        "java.lang.runtime",
                        "java.util",
                        "java.util.function",
                        "java.util.random",
                        "java.util.stream",
                        "java.nio",
                        "java.nio.charset",
                        "org.jspecify.annotations")
                .check(CORE);
    }

    @Test
    void the_core_uses_the_random_source_that_it_is_given_and_no_environment() {
        noClasses()
                .should()
                .callMethod(RandomGenerator.class, "of", String.class)
                .orShould()
                .callMethod(RandomGenerator.class, "getDefault")
                .orShould()
                .accessClassesThat()
                .belongToAnyOf(System.class, Runtime.class, ProcessHandle.class)
                .check(CORE);
    }
}
