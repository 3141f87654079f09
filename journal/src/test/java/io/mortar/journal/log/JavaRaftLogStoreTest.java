package io.mortar.journal.log;

import io.mortar.journal.kv.KvEngine;

class JavaRaftLogStoreTest extends RaftLogStoreContract {
    @Override
    KvEngine engine() {
        return KvEngine.JAVA;
    }
}
