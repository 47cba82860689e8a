package io.statefulkit.embedded.client;

import java.security.cert.X509Certificate;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** Trusts every certificate: what is sent matters here, not to whom. */
final class Trusting implements X509TrustManager {

    private Trusting() {}

    static TrustManager[] everything() {
        return new TrustManager[] {new Trusting()};
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
