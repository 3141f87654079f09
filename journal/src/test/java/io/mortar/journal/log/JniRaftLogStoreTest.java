package io.mortar.journal.log;

import io.mortar.journal.kv.KvEngine;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class JniRaftLogStoreTest extends RaftLogStoreContract {
    @Override
    KvEngine engine() {
        return KvEngine.JNI;
    }
}
