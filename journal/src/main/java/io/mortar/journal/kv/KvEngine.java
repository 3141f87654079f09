package io.mortar.journal.kv;

/** Which LevelDB to use. A directory is always opened by the one that made it. */
public enum KvEngine {
    /** {@link #JNI} where its natives load (Linux on x86-64), else {@link #JAVA}. */
    AUTO,
    /** The C++ LevelDB in leveldbjni: the fast one. */
    JNI,
    /** The port to Java, org.iq80.leveldb: runs anywhere. */
    JAVA
}
