package io.mortar.journal.state;

import io.mortar.journal.kv.KvEngine;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class JniStateStoreTest extends StateStoreContract {
    @Override
    KvEngine engine() {
        return KvEngine.JNI;
    }
}
