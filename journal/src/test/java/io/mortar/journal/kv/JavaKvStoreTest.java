package io.mortar.journal.kv;

class JavaKvStoreTest extends KvStoreContract {
    @Override
    KvEngine engine() {
        return KvEngine.JAVA;
    }
}
