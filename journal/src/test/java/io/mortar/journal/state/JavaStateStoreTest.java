package io.mortar.journal.state;

import io.mortar.journal.kv.KvEngine;

class JavaStateStoreTest extends StateStoreContract {
    @Override
    KvEngine engine() {
        return KvEngine.JAVA;
    }
}
