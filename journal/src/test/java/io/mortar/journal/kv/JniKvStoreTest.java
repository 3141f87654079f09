package io.mortar.journal.kv;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class JniKvStoreTest extends KvStoreContract {
    @Override
    KvEngine engine() {
        return KvEngine.JNI;
    }

    @Test
    void the_natives_are_unpacked_beside_a_store_and_not_into_the_temporary_directory() {
        assertThat(Path.of(System.getProperty("library.leveldbjni.path"))).hasFileName("native");
    }
}
