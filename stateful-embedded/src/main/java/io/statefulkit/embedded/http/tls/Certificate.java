package io.statefulkit.embedded.http.tls;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import javax.net.ssl.X509KeyManager;

/**
 * A key and the certificate that it signed itself, for 127.0.0.1. Clients get the certificate by the kubeconfig: they send
 * their token over TLS only.
 * Immutable.
 */
public final class Certificate {

    private static final byte[] ECDSA_SHA256 = Der.sequence(Der.oid(1, 2, 840, 10045, 4, 3, 2));
    private static final byte[] TRUE = Der.tagged(0x01, new byte[] {(byte) 0xff});
    private static final byte[] LOOPBACK = {127, 0, 0, 1};
    private static final Duration VALID = Duration.ofDays(3650);

    private final X509Certificate certificate;
    private final byte[] encoded;
    private final PrivateKey key;

    private Certificate(byte[] encoded, PrivateKey key) throws GeneralSecurityException {
        this.encoded = encoded;
        this.certificate = (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(encoded));
        this.key = key;
    }

    /**
     * Makes a new one.
     *
     * @param clock tells from when it is valid
     * @throws IllegalStateException when this JVM lacks the algorithms
     */
    public static Certificate create(Clock clock) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair keys = generator.generateKeyPair();
            byte[] body = body(keys, clock.instant());
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(keys.getPrivate());
            signature.update(body);
            return new Certificate(Der.sequence(body, ECDSA_SHA256, Der.bits(signature.sign())), keys.getPrivate());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM cannot make a certificate: " + e.getMessage(), e);
        }
    }

    /** Returns the certificate in PEM. */
    public String certificate() {
        return pem("CERTIFICATE", encoded);
    }

    /** Returns what a TLS server proves itself with. */
    public X509KeyManager keyManager() {
        return new ServerKey(certificate, key);
    }

    private static byte[] body(KeyPair keys, Instant now) throws GeneralSecurityException {
        byte[] name = Der.sequence(Der.set(Der.sequence(Der.oid(2, 5, 4, 3), Der.utf8("statefulkit-embedded"))));
        byte[] publicKey = keys.getPublic().getEncoded();
        return Der.sequence(
                Der.tagged(0xa0, Der.integer(BigInteger.TWO)),
                Der.integer(new BigInteger(120, new SecureRandom()).add(BigInteger.ONE)),
                ECDSA_SHA256,
                name,
                Der.sequence(time(now.minus(Duration.ofDays(1))), time(now.plus(VALID))),
                name,
                publicKey,
                Der.tagged(0xa3, extensions(publicKey)));
    }

    private static byte[] extensions(byte[] publicKey) throws GeneralSecurityException {
        // An uncompressed point of this curve is the last 65 bytes.
        byte[] point = Arrays.copyOfRange(publicKey, publicKey.length - 65, publicKey.length);
        byte[] id = MessageDigest.getInstance("SHA-1").digest(point);
        byte[] digitalSignatureAndCertSign = Der.tagged(0x03, new byte[] {2, (byte) 0x84});
        return Der.sequence(
                critical(Der.oid(2, 5, 29, 19), Der.sequence(TRUE)),
                critical(Der.oid(2, 5, 29, 15), digitalSignatureAndCertSign),
                extension(Der.oid(2, 5, 29, 37), Der.sequence(Der.oid(1, 3, 6, 1, 5, 5, 7, 3, 1))),
                extension(Der.oid(2, 5, 29, 14), Der.octets(id)),
                extension(Der.oid(2, 5, 29, 35), Der.sequence(Der.tagged(0x80, id))),
                extension(
                        Der.oid(2, 5, 29, 17),
                        Der.sequence(
                                Der.tagged(0x87, LOOPBACK),
                                Der.tagged(0x82, "localhost".getBytes(StandardCharsets.US_ASCII)))));
    }

    private static byte[] extension(byte[] oid, byte[] value) {
        return Der.sequence(oid, Der.octets(value));
    }

    private static byte[] critical(byte[] oid, byte[] value) {
        return Der.sequence(oid, TRUE, Der.octets(value));
    }

    private static byte[] time(Instant instant) {
        return Der.utcTime(DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'", Locale.ROOT)
                .withZone(ZoneOffset.UTC)
                .format(instant));
    }

    private static String pem(String title, byte[] bytes) {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        return "-----BEGIN " + title + "-----\n" + base64 + "\n-----END " + title + "-----\n";
    }

    @Override
    public String toString() {
        return "Certificate[for 127.0.0.1]";
    }
}
