package io.mortar.client.file;

/**
 * A digest that written content must have.
 *
 * @param algorithm as {@link java.security.MessageDigest} names it: {@code MD5} or {@code SHA-256}
 */
public record ExpectedDigest(String algorithm, byte[] value) {
    public ExpectedDigest {
        value = value.clone();
    }

    @Override
    public byte[] value() {
        return value.clone();
    }
}
