package io.mortar.journal.kv;

import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class JniKvStoreTest extends KvStoreContract {
    @Override
    KvEngine engine() {
        return KvEngine.JNI;
    }
}
